package import TraceModel

extension MissionGraph {
    /// A node changed its state.
    package struct Moment: Sendable, Hashable {
        package var time: Int64
        /// Position among the nodes, and among the node's changes.
        package var node: Int
        package var change: Int
    }

    /// Gives nodes their histories: what the source says of states, else when the span began and ended.
    mutating func addMoments(_ bodies: [SpanBody]) {
        let places = Dictionary(bodies.indices.map { (bodies[$0].spanID, $0) }, uniquingKeysWith: { first, _ in first })
        for position in nodes.indices where !nodes[position].isMissing {
            guard let place = places[nodes[position].id] else { continue }
            let body = bodies[place]
            let notes = nodes[position].spans.prefix(64)
                .flatMap { id in places[id].map { Self.notes(bodies[$0]) } ?? [] }.sorted { $0.time < $1.time }
            setHistory(Self.changes(body, nodes[position]), notes, at: position)
        }
        moments = nodes.indices.flatMap { node in
            nodes[node].changes.indices.map { Moment(time: nodes[node].changes[$0].time, node: node, change: $0) }
        }
        moments.sort { ($0.time, $0.node, $0.change) < ($1.time, $1.node, $1.change) }
    }

    private static func changes(_ body: SpanBody, _ node: Node) -> [Change] {
        var changes: [Change] = []
        for event in body.events where event.name == SpanVocabulary.stateEvent {
            for attribute in event.attributes where attribute.key == SpanVocabulary.nodeState {
                guard case .string(let word) = attribute.value, let state = SpanVocabulary.NodeState(rawValue: word)
                else { continue }
                if changes.last?.state != state { changes.append(Change(time: event.time, state: state)) }
            }
        }
        changes.sort { $0.time < $1.time }
        guard body.start > 0 else { return changes }
        if changes.isEmpty || changes[0].time > body.start {
            let first: SpanVocabulary.NodeState = changes.isEmpty && node.state == .pending ? .pending : .running
            if changes.first?.state != first { changes.insert(Change(time: body.start, state: first), at: 0) }
        }
        if changes[changes.count - 1].state != node.state {
            let end = body.end > 0 ? body.end : changes[changes.count - 1].time
            changes.append(Change(time: max(end, changes[changes.count - 1].time), state: node.state))
        }
        return changes
    }

    /// Decisions that a span tells of as events.
    private static func notes(_ body: SpanBody) -> [Note] {
        body.events.filter { event in
            let name = event.name.lowercased()
            return event.name != SpanVocabulary.stateEvent
                && ["decision", "plan", "candidate", "reflect", "atom", "approv"].contains { name.contains($0) }
        }.prefix(16).map { event in
            let words = event.attributes.prefix(3).map {
                "\($0.key.split(separator: ".").last ?? "")=\($0.value.summary)"
            }
            return Note(time: event.time, text: ([event.name] + words).joined(separator: "  "))
        }
    }

    /// The state of each node right after a moment; nothing for those that were not there yet.
    package func states(after moment: Int) -> [SpanVocabulary.NodeState?] {
        var states = [SpanVocabulary.NodeState?](repeating: nil, count: nodes.count)
        for moment in moments.prefix(moment + 1) {
            states[moment.node] = nodes[moment.node].changes[moment.change].state
        }
        return states
    }

    /// The graph as it stood right after a moment: without what came later.
    package func standing(after moment: Int) -> MissionGraph {
        var earlier = self
        let states = states(after: moment)
        let time = moments.indices.contains(moment) ? moments[moment].time : .min
        var kept: Set<SpanID> = []
        let standing = nodes.indices.compactMap { position -> Node? in
            guard let state = states[position] else { return nil }
            var node = nodes[position]
            node.state = state
            node.changes.removeAll { $0.time > time }
            node.notes.removeAll { $0.time > time }
            switch state {
            case .pending, .ready: node.duration = 0
            case .running, .waiting, .paused: node.duration = node.start > 0 ? max(0, time - node.start) : 0
            case .done, .failed, .cancelled, .replaced: break
            }
            if let last = node.changes.last, last.state != nodes[position].state { node.reward = nil }
            kept.insert(node.id)
            return node
        }
        earlier.take(standing)
        earlier.edges = edges.filter { kept.contains($0.from) && kept.contains($0.to) }
        earlier.moments = Array(moments.prefix(moment + 1))
        return earlier
    }

    /// The last moment at or before a time.
    package func moment(at time: Int64) -> Int? { moments.lastIndex { $0.time <= time } }

    /// How many nodes are in each state, in the order in which a person wants to hear of them.
    package static func counts(_ states: some Sequence<SpanVocabulary.NodeState>) -> [(SpanVocabulary.NodeState, Int)] {
        var counts: [SpanVocabulary.NodeState: Int] = [:]
        for state in states { counts[state, default: 0] += 1 }
        let order: [SpanVocabulary.NodeState] = [
            .done, .running, .failed, .waiting, .ready, .pending, .paused, .cancelled, .replaced,
        ]
        return order.compactMap { state in counts[state].map { (state, $0) } }
    }
}
