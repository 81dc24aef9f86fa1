package import TraceModel

extension RewardSequence {
    /// The sequences of a trace, in the order in which they begin.
    ///
    /// Steps are the triplets that the source names; without any, each agent's calls of models and tools. `facts` has what
    /// each span of the table says. `name` is the trace's id as people call it.
    package static func all(
        in table: SpanTable, named name: String, _ facts: [StepFacts], scope: Scope = .agent
    ) -> [RewardSequence] {
        let finder = SequenceFinder(table, name, facts)
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for span in finder.steps {
            guard let id = finder.sequence(of: span, scope) else { continue }
            if members[id] == nil { order.append(id) }
            members[id, default: []].append(span)
        }
        return order.map { id in
            let spans = finder.ordered(members[id] ?? [])
            var judged = table.shared.sequences[id]
            if order.count == 1 { judged = judged ?? table.shared.whole }
            return RewardSequence(trace: table.trace, id: id, steps: spans.map(finder.step), judged: judged)
        }
    }
}

/// Finds the steps of a trace and whose they are.
private struct SequenceFinder {
    private let table: SpanTable
    private let name: String
    private let facts: [StepFacts]
    private let places: [SpanID: Int]
    private let hasTriplets: Bool

    init(_ table: SpanTable, _ name: String, _ facts: [StepFacts]) {
        self.table = table
        self.name = name
        self.facts = facts
        places = Dictionary(zip(table.ids, 0...), uniquingKeysWith: { first, _ in first })
        hasTriplets = facts.contains(where: \.isTriplet)
    }

    var steps: [Int] {
        (0..<table.count).filter { span in
            let category = table.traits[span].category
            return hasTriplets ? facts[span].isTriplet : category == .model || category == .tool
        }
    }

    func sequence(of span: Int, _ scope: RewardSequence.Scope) -> String? {
        let facts = facts[span]
        let task = facts.task.isEmpty ? name : facts.task
        switch scope {
        case .agent where facts.isTriplet: return facts.sequence
        case .agent: return "\(task):\(agent(of: span))"
        case .pipeline: return task
        case .session:
            let session = nearest(span, \.session)
            return session.isEmpty ? nil : session
        case .attribute: return facts.custom.isEmpty ? nil : facts.custom
        }
    }

    /// By the index that the source gives, where it gives one to all; else as they began.
    func ordered(_ spans: [Int]) -> [Int] {
        let indexes = spans.compactMap { facts[$0].index }
        guard indexes.count == spans.count else { return spans }
        return zip(indexes, spans).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
    }

    func step(_ span: Int) -> RewardSequence.Step {
        let usage = table.usage[Int32(span)]
        let agent = agent(of: span)
        // Six places are what a short float has; the rest would only be a tail in what is handed down.
        let reward = table.rewards[Int32(span)].map { (Double($0) * 1e6).rounded() / 1e6 }
        let isHandedDown = table.shared.handedDown.contains(Int32(span))
        let name = table.strings[table.names[span]]
        return RewardSequence.Step(
            span: table.ids[span], ref: table.refs[span],
            label: facts[span].isTriplet && !agent.isEmpty ? agent : name, agent: agent,
            weight: Propagation.Step(
                hasFailed: table.traits[span].status == .error, duration: table.durations[span],
                tokens: Int(usage?.tokensIn ?? 0) + Int(usage?.tokensOut ?? 0)),
            own: isHandedDown ? nil : reward, handedDown: isHandedDown ? reward : nil)
    }

    /// The agent that a span names, else that of the nearest span above it, else the nearest agent's name.
    private func agent(of span: Int) -> String {
        let named = nearest(span, \.agent)
        if !named.isEmpty { return named }
        var place = span
        for _ in 0..<table.count {
            if table.traits[place].category == .agent { break }
            guard let parent = places[table.parents[place]] else { break }
            place = parent
        }
        return table.strings[table.names[place]]
    }

    /// What a span says, else the nearest span above it that says something.
    private func nearest(_ span: Int, _ fact: KeyPath<StepFacts, String>) -> String {
        var place = span
        // No deeper than traces are, and not round and round.
        for _ in 0..<table.count {
            if !facts[place][keyPath: fact].isEmpty { return facts[place][keyPath: fact] }
            guard let parent = places[table.parents[place]] else { break }
            place = parent
        }
        return ""
    }
}
