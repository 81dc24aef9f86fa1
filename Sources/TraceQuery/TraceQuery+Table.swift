package import TraceModel

extension TraceQuery {
    /// For each trace of the table, whether the query holds. What a text comes to is worked out once for all traces that
    /// have it, so that a million traces take milliseconds.
    package func matches(_ table: TraceTable) -> [Bool] {
        var matches = [Bool](repeating: true, count: table.count)
        let evaluator = QueryEvaluator(self)
        for (position, term) in terms.enumerated() {
            let holds = self.holds(term, position, evaluator, table)
            for index in matches.indices where holds(index) == term.isNegated { matches[index] = false }
        }
        return matches
    }

    private func holds(
        _ term: Term, _ position: Int, _ evaluator: QueryEvaluator, _ table: TraceTable
    ) -> (Int) -> Bool {
        var known = [Bool?](repeating: nil, count: table.strings.count)
        func holds(_ text: UInt32) -> Bool {
            if let answer = known[Int(text)] { return answer }
            let answer = evaluator.holds(term: position, for: table.strings[text])
            known[Int(text)] = answer
            return answer
        }
        func holdsID(_ index: Int) -> Bool {
            table.names[index] == 0
                ? evaluator.holds(term: position, for: "\(table.ids[index])") : holds(table.names[index])
        }
        switch term.condition {
        case .word:
            let columns = QueryEvaluator.worded.compactMap { Self.column($0, table) }
            return { index in columns.contains { holds($0[index]) } || holdsID(index) }
        case .text(let field, _, _):
            guard let column = Self.column(field, table) else { return holdsID }
            return { holds(column[$0]) }
        case .number, .isUnknown, .status:
            let one = QueryEvaluator(TraceQuery(term))
            return { one.matches(NumbersOfTrace(table: table, index: $0)) }
        }
    }

    /// Of a single term, as if it were not turned round.
    private init(_ term: Term) {
        text = ""
        terms = [Term(condition: term.condition, isNegated: false)]
    }

    private static func column(_ field: QueryField, _ table: TraceTable) -> [UInt32]? {
        switch field {
        case .agent: table.agents
        case .service: table.services
        case .name: table.roots
        case .title: table.titles
        case .source: table.sources
        case .format: table.formats
        case .session: table.sessions
        case .model: table.models
        default: nil
        }
    }
}

/// A trace where it stands in its table, without its texts.
private struct NumbersOfTrace: QuerySubject {
    let table: TraceTable
    let index: Int

    func text(_ field: QueryField) -> String { "" }

    func number(_ field: QueryField) -> Double? {
        switch field {
        case .spans: Double(table.spans[index])
        case .errors: Double(table.errors[index])
        case .duration: Double(table.durations[index])
        case .tokens: Double(table.tokensIn[index] + table.tokensOut[index])
        case .tokensIn: Double(table.tokensIn[index])
        case .tokensOut: Double(table.tokensOut[index])
        case .cost: table.costs[index].isNaN ? nil : table.costs[index]
        case .reward: table.rewards[index].isNaN ? nil : Double(table.rewards[index])
        case .start: table.starts[index] > 0 ? Double(table.starts[index]) : nil
        default: nil
        }
    }

    var isRunning: Bool { table.traits[index].contains(.running) }
}
