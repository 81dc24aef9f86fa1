package import TraceModel

/// Who calls whom over many traces: services, agents, models and tools, with how often, how often in vain, and how long.
package struct ServiceMap: Sendable {
    private struct Party: Hashable {
        var kind: String
        var name: String
    }

    fileprivate struct Calls {
        var count = 0
        var errors = 0
        var times = DurationTally()
    }

    private struct Pair: Hashable {
        var from: Party
        var to: Party
    }

    private var calls: [Pair: Calls] = [:]
    private var parties: [Party: Calls] = [:]

    package init() {}

    package var isEmpty: Bool { parties.isEmpty }

    /// Adds the spans of a trace.
    package mutating func add(_ table: SpanTable) {
        var places: [SpanID: Int] = [:]
        places.reserveCapacity(table.count)
        for span in 0..<table.count { places[table.ids[span]] = span }
        var known: [UInt64: Party] = [:]
        func party(_ span: Int) -> Party {
            let category = table.traits[span].category
            let key = UInt64(table.names[span]) << 32 | UInt64(table.services[span]) << 4 | UInt64(category.rawValue)
            if let party = known[key] { return party }
            let party = Self.party(
                category, name: table.strings[table.names[span]], service: table.strings[table.services[span]])
            known[key] = party
            return party
        }
        for span in 0..<table.count {
            let own = party(span)
            let caller = places[table.parents[span]].map(party)
            // What one does within itself is no call.
            guard caller != own else { continue }
            let hasFailed = table.traits[span].status == .error
            let time = table.traits[span].isRunning ? nil : table.durations[span]
            parties[own, default: Calls()].add(hasFailed, time)
            if let caller { calls[Pair(from: caller, to: own), default: Calls()].add(hasFailed, time) }
        }
    }

    private static func party(_ category: SpanCategory, name: String, service: String) -> Party {
        switch category {
        case .agent: Party(kind: "agent", name: bare(name, ["invoke_agent ", "create_agent "]))
        case .model:
            Party(
                kind: "model",
                name: bare(
                    name,
                    ["chat ", "text_completion ", "generate_content ", "embeddings ", "completion ", "responses "]))
        case .tool: Party(kind: "tool", name: bare(name, ["execute_tool "]))
        case .retrieval: Party(kind: "retrieval", name: name)
        case .planning, .evaluation, .workflow, .other:
            Party(kind: "service", name: service.isEmpty ? "unnamed service" : service)
        }
    }

    /// A name without the word for what is done.
    private static func bare(_ name: String, _ words: [String]) -> String {
        for word in words where name.hasPrefix(word) && name.count > word.count {
            return String(name.dropFirst(word.count))
        }
        return name
    }

    /// The map as a graph; those that are called most first.
    package var graph: MissionGraph {
        let ordered = parties.sorted {
            ($1.value.count, $0.key.kind, $0.key.name) < ($0.value.count, $1.key.kind, $1.key.name)
        }
        let nodes = ordered.map { party, calls in
            MissionGraph.Node(
                id: Self.id(party), ref: nil, label: party.name, title: party.name,
                goal: "\(party.kind) · \(calls.words)",
                kind: party.kind, state: calls.errors > 0 ? .failed : .done, agent: "", start: 0,
                duration: calls.times.percentile(95), parent: nil, spans: [], reward: nil)
        }
        let edges = calls.sorted {
            ($0.key.from.name, $0.key.to.name, $0.key.to.kind) < ($1.key.from.name, $1.key.to.name, $1.key.to.kind)
        }.map { pair, calls in
            MissionGraph.Edge(from: Self.id(pair.from), to: Self.id(pair.to), kind: "data", label: calls.words)
        }
        return MissionGraph(calls: nodes, edges)
    }

    private static func id(_ party: Party) -> SpanID { DerivedID.span("\(party.kind) \(party.name)") }
}

extension ServiceMap.Calls {
    fileprivate mutating func add(_ hasFailed: Bool, _ time: Int64?) {
        count += 1
        if hasFailed { errors += 1 }
        if let time { times.add(time) }
    }

    /// How often, how often in vain, and the 95th percentile: `120 ✗3 1.2s`.
    fileprivate var words: String {
        var words = [Figures.count(count)]
        if errors > 0 { words.append("✗\(Figures.count(errors))") }
        words.append(Figures.duration(times.percentile(95)))
        return words.joined(separator: " ")
    }
}
