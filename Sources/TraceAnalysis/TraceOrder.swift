package import TraceModel

/// How the trace list is sorted.
package struct TraceOrder: Sendable, Hashable {
    package enum Column: String, Sendable, CaseIterable {
        case when, agent, root, spans, errors, time, tokens, cost, reward, session
    }

    package var column: Column
    package var isDescending: Bool

    package init(column: Column, isDescending: Bool) {
        self.column = column
        self.isDescending = isDescending
    }

    /// The newest on top.
    package static let initial = TraceOrder(column: .when, isDescending: true)

    /// Positions in `table`, sorted; among equals the newer first. What a column does not know comes last either way.
    package func sorted(_ table: TraceTable) -> [UInt32] {
        switch column {
        case .when: sorted(table) { table.starts[$0] }
        case .spans: sorted(table) { Int64(table.spans[$0]) }
        case .errors: sorted(table) { Int64(table.errors[$0]) }
        case .time: sorted(table) { table.durations[$0] }
        case .tokens: sorted(table) { Int64(clamping: table.tokensIn[$0] &+ table.tokensOut[$0]) }
        case .cost: sorted(table) { Self.rank(of: table.costs[$0], isDescending) }
        case .reward: sorted(table) { Self.rank(of: Double(table.rewards[$0]), isDescending) }
        case .agent: sortedByText(table) { table.agents[$0] == 0 ? table.services[$0] : table.agents[$0] }
        case .root: sortedByText(table) { table.roots[$0] }
        case .session: sortedBySession(table)
        }
    }

    /// Sessions in the order of their newest traces, each together.
    private func sortedBySession(_ table: TraceTable) -> [UInt32] {
        var newest: [UInt32: Int64] = [:]
        for (session, start) in zip(table.sessions, table.starts) where session != 0 {
            newest[session] = max(newest[session] ?? start, start)
        }
        let ordered = newest.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let ranks = Dictionary(uniqueKeysWithValues: zip(ordered.map(\.key), Int64(0)...))
        return sorted(table) { ranks[table.sessions[$0]] ?? (isDescending ? -1 : .max) }
    }

    private func sorted(_ table: TraceTable, by key: (Int) -> Int64) -> [UInt32] {
        let keys = (0..<table.count).map { (key: key($0), start: table.starts[$0], index: UInt32($0)) }
        let ordered =
            isDescending
            ? keys.sorted { ($0.key, $0.start, $1.index) > ($1.key, $1.start, $0.index) }
            : keys.sorted { ($0.key, $1.start, $0.index) < ($1.key, $0.start, $1.index) }
        return ordered.map(\.index)
    }

    private func sortedByText(_ table: TraceTable, _ text: (Int) -> UInt32) -> [UInt32] {
        var used = Set<UInt32>()
        for index in 0..<table.count { used.insert(text(index)) }
        let ordered = used.map { (name: table.strings[$0].lowercased(), id: $0) }.sorted { $0.name < $1.name }
        var ranks: [UInt32: Int64] = [:]
        for (rank, entry) in ordered.enumerated() {
            ranks[entry.id] = entry.name.isEmpty ? (isDescending ? -1 : .max) : Int64(rank)
        }
        return sorted(table) { ranks[text($0)] ?? 0 }
    }

    private static func rank(of value: Double, _ isDescending: Bool) -> Int64 {
        guard value.isFinite else { return isDescending ? .min : .max }
        return Int64(exactly: (value * 1e6).rounded()) ?? (value < 0 ? .min + 1 : .max - 1)
    }
}
