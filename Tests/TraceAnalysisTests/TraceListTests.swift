import Testing
import TraceAnalysis
import TraceModel

@Suite struct TraceListTests {
    private func table(
        _ rows: [(start: Int64, agent: String, cost: Double, spans: UInt32)], sessions: [String] = []
    ) -> TraceTable {
        var table = TraceTable()
        for (index, row) in rows.enumerated() {
            table.ids.append(TraceID(high: 0, low: UInt64(index) + 1))
            table.starts.append(row.start)
            table.durations.append(1)
            table.spans.append(row.spans)
            table.errors.append(0)
            table.tokensIn.append(0)
            table.tokensOut.append(0)
            table.costs.append(row.cost)
            table.rewards.append(.nan)
            table.traits.append([])
            table.roots.append(table.strings.intern("root"))
            table.titles.append(table.strings.intern(""))
            table.services.append(table.strings.intern(""))
            table.agents.append(table.strings.intern(row.agent))
            table.sources.append(table.strings.intern("f"))
            table.formats.append(table.strings.intern("f"))
            table.sessions.append(table.strings.intern(sessions.isEmpty ? "" : sessions[index]))
        }
        return table
    }

    private func order(_ column: TraceOrder.Column, _ isDescending: Bool, _ table: TraceTable) -> [UInt32] {
        TraceOrder(column: column, isDescending: isDescending).sorted(table)
    }

    @Test("has the newest on top, and among equals the newer")
    func newest() {
        let table = table([(10, "b", 1, 5), (30, "a", 1, 5), (20, "c", 1, 5)])
        #expect(TraceOrder.initial.sorted(table) == [1, 2, 0])
        #expect(order(.spans, true, table) == [1, 2, 0])
        #expect(order(.spans, false, table) == [1, 2, 0])
        #expect(order(.when, false, table) == [0, 2, 1])
    }

    @Test("has what is not known last, either way")
    func unknown() {
        let table = table([(1, "", .nan, 1), (2, "B", 0.5, 1), (3, "a", 2, 1)])
        #expect(order(.cost, true, table) == [2, 1, 0])
        #expect(order(.cost, false, table) == [1, 2, 0])
        #expect(order(.agent, false, table) == [2, 1, 0])
        #expect(order(.agent, true, table) == [1, 2, 0])
    }

    @Test("keeps sessions together, the one with the newest trace first, and what is of none last")
    func sessions() {
        let table = table(
            [(1, "", 1, 1), (40, "", 1, 1), (30, "", 1, 1), (20, "", 1, 1), (50, "", 1, 1)],
            sessions: ["a", "a", "b", "b", ""])
        #expect(order(.session, true, table) == [1, 0, 2, 3, 4])
        #expect(order(.session, false, table) == [2, 3, 1, 0, 4])
    }

    @Test("sorts every column of an empty list and of a list of one", arguments: TraceOrder.Column.allCases)
    func small(column: TraceOrder.Column) {
        #expect(order(column, true, table([])).isEmpty)
        #expect(order(column, false, table([(1, "a", .nan, 1)])) == [0])
    }

    @Test("counts traces in stretches of time that fit")
    func rate() {
        let minute: Int64 = 60_000_000_000
        let near = TraceRate(table([(minute, "", 0, 1), (minute + 5, "", 0, 1), (3 * minute, "", 0, 1)]))
        #expect(near.counts == [2, 0, 1])
        #expect(near.label() == "traces/min")
        let far = TraceRate(table([(minute, "", 0, 1), (minute * 60 * 24 * 365 * 30, "", 0, 1)]))
        #expect(far.counts.count <= 40)
        #expect(far.counts.last == 1)
        #expect(TraceRate(table([])) == .empty)
        #expect(TraceRate(table([(0, "", 0, 1)])) == .empty)
    }
}
