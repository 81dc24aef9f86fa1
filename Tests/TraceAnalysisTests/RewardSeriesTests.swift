import Testing
import TraceAnalysis
import TraceModel

@Suite struct RewardSeriesTests {
    private static let day: Int64 = 86_400_000_000_000

    /// A trace each day from 2026-11-20 on, of these agents in turn.
    private func traces(_ agents: [String]) -> TraceTable {
        var table = TraceTable()
        for (index, agent) in agents.enumerated() {
            table.ids.append(TraceID(high: 0, low: UInt64(index) + 1))
            table.starts.append((20_777 + Int64(index)) * Self.day + 5)
            table.durations.append(1)
            table.spans.append(1)
            table.errors.append(0)
            table.tokensIn.append(0)
            table.tokensOut.append(0)
            table.costs.append(.nan)
            table.rewards.append(.nan)
            table.traits.append([])
            table.agents.append(table.strings.intern(agent))
            table.models.append(table.strings.intern(index < 2 ? "small" : ""))
            for column in [\TraceTable.roots, \.titles, \.services, \.sources, \.names, \.sessions, \.formats] {
                table[keyPath: column].append(0)
            }
        }
        return table
    }

    private func rewards(_ rows: [(trace: UInt32, span: UInt64, agent: String, value: Float)]) -> RewardTable {
        var table = RewardTable()
        for row in rows {
            table.append(
                trace: row.trace, span: SpanID(row.span), start: Int64(row.trace) * 10 + 1, value: row.value,
                agent: table.strings.intern(row.agent))
        }
        return table
    }

    @Test("an agent's share of a trace is the mean of its steps; what names no agent is the trace's")
    func ledger() {
        let ledger = RewardLedger(
            rewards([(0, 1, "a", 1), (0, 2, "b", 0), (0, 3, "a", 0.5), (1, 1, "", 0.25)]), traces(["x", "y"]))
        #expect(ledger.traces == 2)
        #expect(ledger.entries.map { ledger.names[$0.agent] } == ["a", "b", "y"])
        #expect(ledger.entries.map(\.value) == [0.75, 0, 0.25])
        #expect(ledger.entries.map(\.steps) == [2, 1, 1])
    }

    @Test("what a trace as a whole was given counts where none of its steps has any")
    func whole() {
        let ledger = RewardLedger(rewards([(0, 0, "", 1), (0, 2, "b", 0), (1, 0, "", 0.5)]), traces(["x", "y"]))
        #expect(ledger.entries.map(\.value) == [0, 0.5])
        #expect(ledger.entries.map { ledger.names[$0.agent] } == ["b", "y"])
    }

    @Test("a trace's entries can be exchanged, and stand where their time is")
    func replacing() {
        let table = traces(["x", "y", "z"])
        let ledger = RewardLedger(rewards([(0, 1, "a", 1), (1, 1, "b", 0), (2, 1, "c", 0)]), table)
        let tried = ledger.replacing(1, with: RewardLedger(rewards([(1, 1, "b", 0.5), (1, 2, "new", 1)]), table))
        #expect(tried.entries.map { tried.names[$0.agent] } == ["a", "b", "new", "c"])
        #expect(tried.entries.map(\.value) == [1, 0.5, 1, 0])
        #expect(ledger.entries.count == 3)
    }

    private func series(
        _ grouping: RewardGrouping, where isShown: [Bool]? = nil, attributes: [UInt32: String] = [:]
    ) -> RewardSeries {
        let table = traces(["a", "a", "b", "a", "a"])
        let rows: [(UInt32, UInt64, String, Float)] = [
            (0, 1, "", 0), (1, 1, "", 0.25), (2, 1, "", 1), (3, 1, "", 0.5), (4, 1, "", 1),
        ]
        return RewardSeries(
            RewardLedger(rewards(rows), table), table, by: grouping, where: isShown, attributes: attributes)
    }

    @Test("groups have a count, a mean, the last ones, a spread, and a trend")
    func figures() {
        let series = series(.agent)
        #expect(series.count == 2 && series.entryCount == 5)
        #expect(series.mean == 0.55)
        let first = series[0]
        #expect(first.name == "a" && first.count == 4 && first.mean == 0.4375)
        #expect(first.recent == [0, 0.25, 0.5, 1])
        #expect(first.bins == [1, 0, 1, 0, 1, 0, 0, 1])
        #expect(first.trend == 0.625)
        #expect(series[1].trend == nil)
        #expect(series.spread == [1, 0, 1, 0, 1, 0, 0, 2])
        #expect(series.place(of: "b") == 1)
        #expect(series.latest(of: 0).trace == 4)
        #expect(series.members(of: 0) == [0, 1, 3, 4])
    }

    @Test("of an odd number the one in the middle is of neither half")
    func middle() {
        let group = series(.agent, where: [true, true, false, true, false])[0]
        #expect(group.count == 3 && group.trend == 0.5)
    }

    @Test("are put by day, the newest first, by a column, by trace, or by a word of the root")
    func groupings() {
        let days = series(.day)
        // The steps of the fixture began on the first day of all; only the day of a step without a time is its trace's.
        #expect((0..<days.count).map { days.name(of: $0) } == ["1970-01-01"])
        let models = series(.model)
        #expect((0..<models.count).map { models.name(of: $0) } == ["–", "small"])
        #expect(series(.pipeline).count == 5)
        let words = series(.attribute("k"), attributes: [0: "red", 3: "red", 2: "blue"])
        #expect((0..<words.count).map { words.name(of: $0) } == ["–", "red", "blue"])
        #expect((0..<words.count).map { words[$0].count } == [2, 2, 1])
    }

    @Test(
        "days are told as the calendar has them",
        arguments: [(0, "1970-01-01"), (19_782, "2024-02-29"), (20_777, "2026-11-20")])
    func days(day: Int64, text: String) {
        var rewards = RewardTable()
        rewards.append(trace: 0, span: SpanID(1), start: day * Self.day + 1, value: 1, agent: 0)
        let table = traces(["a"])
        let series = RewardSeries(RewardLedger(rewards, table), table, by: .day)
        #expect(series.name(of: 0) == text)
    }

    @Test("stand as another series has them, where they are to stay in place")
    func arranged() {
        var words = series(.attribute("k"), attributes: [0: "red", 3: "red", 2: "blue"])
        words.arrange(like: series(.attribute("k"), attributes: [0: "blue", 1: "blue", 2: "red", 3: "red", 4: "red"]))
        #expect((0..<words.count).map { words.name(of: $0) } == ["red", "blue", "–"])
        #expect((0..<words.count).map { words[$0].count } == [2, 1, 2])
    }

    @Test("nothing comes of nothing")
    func nothing() {
        let series = RewardSeries()
        #expect(series.count == 0 && series.mean == nil && series.spread == Array(repeating: 0, count: 8))
    }

    @Test("a grouping is known by its word; any other word is an attribute's key")
    func words() {
        #expect(RewardGrouping("day") == .day)
        #expect(RewardGrouping("user.id") == .attribute("user.id"))
        #expect(RewardGrouping("") == nil && RewardGrouping("two words") == nil)
        #expect(RewardGrouping.agent.moved(by: -1) == .source && RewardGrouping.source.moved(by: 1) == .agent)
        #expect(RewardGrouping.attribute("k").moved(by: 1) == .agent)
    }

    @Test("rows are sorted by trace and time, and found by their trace")
    func rows() {
        var table = RewardTable()
        for (trace, span, start) in [(2, 1, 5), (0, 2, 9), (0, 3, 4), (2, 0, 1)] as [(UInt32, UInt64, Int64)] {
            table.append(trace: trace, span: SpanID(span), start: start, value: Float(span) / 4, agent: 0)
        }
        table.sort()
        #expect(table.spans.map(\.value) == [3, 2, 0, 1])
        #expect(table.rows(of: 0) == 0..<2 && table.rows(of: 1).isEmpty && table.rows(of: 2) == 2..<4)
        #expect(table.steps(of: 0) == [0.75, 0.5] && table.steps(of: 2) == [0.25])
    }

    @Test("are drawn by their height, and none as a dot")
    func sparkline() {
        #expect(Sparkline.rewards([0, 0.124, 0.5, 0.99, 1, nil, .nan]) == "▁▁▅██··")
        #expect(Sparkline.spread([0, 1, 2]) == " ▄█")
        #expect(Figures.change(0.11) == "↗ +.11" && Figures.change(-0.2) == "↘ –.20")
        #expect(Figures.change(-0.01) == "→ –.01" && Figures.change(nil) == "·")
    }
}
