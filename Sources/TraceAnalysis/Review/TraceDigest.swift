package import TraceModel

/// What a person has to see of a trace to judge it: what was wanted, what came of it, what went wrong, and its steps.
package struct TraceDigest: Sendable, Hashable {
    package struct Step: Sendable, Hashable {
        /// Its position in the table of spans.
        package var span: Int
        package var label: String
        /// What came out of it, on one line.
        package var line: String
    }

    package var goal = ""
    package var outcome = ""
    /// A line for each span that failed, tools' first.
    package var failures: [String] = []
    package var steps: [Step] = []
    /// Of all of the above, so that a judgement of changed content can be told.
    package var contentHash: UInt64 = 0

    package init() {}
}

extension TraceDigest {
    /// A trace of no more spans is read whole; of a larger one what tells most.
    private static let readWhole = 600

    /// Positions of the spans whose bodies a digest needs.
    package static func wanted(_ table: SpanTable) -> [Int] {
        guard table.count > readWhole else { return Array(0..<table.count) }
        var wanted: Set<Int> = [root(of: table)]
        wanted.formUnion((0..<table.count).lazy.filter { table.traits[$0].status == .error }.prefix(40))
        wanted.formUnion((0..<table.count).lazy.filter { isStep(table.traits[$0]) }.prefix(400))
        wanted.formUnion((0..<table.count).reversed().lazy.filter { isStep(table.traits[$0]) }.prefix(60))
        wanted.formUnion((0..<table.count).prefix(60))
        return wanted.sorted()
    }

    /// The span that stands for the trace: its root; of a trace without one, its first.
    package static func root(of table: SpanTable) -> Int { table.parents.firstIndex(where: \.isZero) ?? 0 }

    /// The work of agents, as opposed to what merely holds it together.
    static func isStep(_ traits: SpanTraits) -> Bool {
        switch traits.category {
        case .agent, .model, .tool, .retrieval, .planning, .evaluation: true
        case .workflow, .other: false
        }
    }
}
