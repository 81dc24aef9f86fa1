import Explorer
import Testing
import TraceAnalysis
import TraceModel
import TraceStore

@Suite struct RewardsTests {
    private static func trace(_ number: Int) -> TraceID { TraceID(high: 0, low: UInt64(number) + 1) }

    /// Rows of trace, span, agent and value, each trace later than the one before.
    private func rewards(_ rows: [(UInt32, UInt64, String, Float)]) -> RewardTable {
        var table = RewardTable()
        for (trace, span, agent, value) in rows {
            table.append(
                trace: trace, span: SpanID(span), start: Int64(trace) * 100 + Int64(span), value: value,
                agent: table.strings.intern(agent))
        }
        return table
    }

    private let rows: [(UInt32, UInt64, String, Float)] = [
        (0, 1, "planner", 1), (0, 2, "coder", 0.5), (1, 1, "planner", 0.5), (2, 1, "planner", 0),
    ]

    /// The view, with these rewards read.
    private func driver(_ rows: [(UInt32, UInt64, String, Float)]? = nil) throws -> Driver {
        var driver = Driver()
        try driver.press("4")
        #expect(driver.effects.contains(.readRewards))
        send(rewards(rows ?? self.rows), to: &driver)
        return driver
    }

    private func send(_ table: RewardTable, to driver: inout Driver) {
        driver.send(.rewardsRead(table, RewardLedger(table, driver.state.traces.table)))
    }

    private func key(_ driver: Driver) throws -> SequenceKey { try #require(driver.state.rewards.panel.key) }

    private func step(_ span: UInt64, _ agent: String, own: Double? = nil, hasFailed: Bool = false)
        -> RewardSequence.Step
    {
        RewardSequence.Step(
            span: SpanID(span), ref: SpanRef(unit: 0, row: UInt32(span)), label: agent, agent: agent,
            weight: Propagation.Step(hasFailed: hasFailed, duration: Int64(span)), own: own)
    }

    /// Answers for the sequence under the cursor: four steps, the first judged.
    private func answer(_ driver: inout Driver) throws {
        let key = try key(driver)
        let steps = [
            step(1, "planner", own: 0), step(2, "coder"), step(3, "coder", hasFailed: true), step(4, "tester"),
        ]
        driver.send(.sequenceRead(key, RewardSequence(trace: key.trace, id: "T:1", steps: steps)))
    }

    private func requests(_ driver: Driver) -> [JudgementRequest] {
        driver.effects.flatMap { effect -> [JudgementRequest] in
            if case .judge(let requests) = effect { requests } else { [] }
        }
    }

    private func names(_ driver: Driver) -> [String] {
        let series = driver.state.rewards.series
        return (0..<series.count).map { series.name(of: $0) }
    }

    @Test("stand in groups, the largest first, and go to their sequences and on to the trace")
    func groups() throws {
        var driver = try driver()
        #expect(names(driver) == ["planner", "coder"])
        #expect(driver.state.rewards.series[0].mean == 0.5)
        #expect(try key(driver) == SequenceKey(trace: Self.trace(2), traceName: "\(Self.trace(2))", agent: "planner"))
        try driver.press("<CR>j")
        #expect(driver.state.rewards.opened?.name == "planner")
        #expect(driver.state.rewards.opened?.entries.map(\.trace) == [2, 1, 0])
        #expect(try key(driver).trace == Self.trace(1))
        try driver.press("<CR>")
        #expect(driver.effects.contains(.openTrace(Self.trace(1))))
        #expect(driver.state.view == .tree)
        try driver.press("q")
        #expect(driver.state.view == .rewards && driver.state.rewards.opened?.cursor == 1)
        try driver.press("h")
        #expect(driver.state.rewards.opened == nil)
        try driver.press("<CR>q")
        #expect(driver.state.rewards.opened == nil && driver.state.view == .rewards)
        try driver.press("q")
        #expect(driver.state.view == .traces)
    }

    @Test("are grouped by the next, the one before, or by what is typed")
    func groupings() throws {
        var driver = try driver()
        try driver.press("b")
        #expect(driver.state.rewards.grouping == .pipeline && names(driver).count == 3)
        #expect(try key(driver).agent == "")
        try driver.press("<lt><lt>")
        #expect(driver.state.rewards.grouping == .source)
        try driver.press(":by day<CR>")
        #expect(driver.state.rewards.grouping == .day && names(driver) == ["1970-01-01"])
        try driver.press(":rewards by model<CR>")
        #expect(driver.state.rewards.grouping == .model && names(driver) == ["word"])
        try driver.press(":by a b<CR>")
        #expect(driver.state.message?.isError == true && driver.state.rewards.grouping == .model)
    }

    @Test("by an attribute wait for the roots to be read")
    func attributes() throws {
        var driver = try driver()
        try driver.press(":by user.id<CR>")
        let asked = Dictionary(uniqueKeysWithValues: (0..<3).map { (Self.trace($0), UInt32($0)) })
        #expect(driver.effects.contains(.readAttributes("user.id", asked)))
        driver.send(.attributesRead("other", [0: "x"]))
        #expect(names(driver) == ["–"])
        driver.send(.attributesRead("user.id", [0: "ann", 1: "bob", 2: "bob"]))
        #expect(names(driver) == ["ann", "bob"] || names(driver) == ["bob", "ann"])
    }

    @Test("show what the list's filter wants, and nothing else")
    func filter() throws {
        var driver = try driver()
        try driver.press("&title=\"title 0\"<CR>")
        #expect(names(driver).count == 2)
        #expect(driver.state.rewards.series.entryCount == 2)
        try driver.press("&nothing is so<CR>")
        #expect(names(driver).isEmpty && driver.state.rewards.selected == nil)
        try driver.press("&<C-u><CR>")
        #expect(driver.state.rewards.series.entryCount == 4)
    }

    @Test("are found by a search for names")
    func search() throws {
        var driver = try driver()
        try driver.press("/cod<CR>")
        #expect(driver.state.rewards.cursor == 1)
        #expect(Explorer.matchCount(driver.state) == 1)
        try driver.press("/zebra<CR>")
        #expect(driver.state.message?.isError == true)
    }

    @Test("what if: every strategy moves the steps, the group and its neighbours, and Esc drops it")
    func whatIf() throws {
        var driver = try driver()
        try answer(&driver)
        let before = driver.state.rewards.series[0]
        #expect(driver.state.rewards.stepRewards == [0, nil, nil, nil])
        try driver.press("a")
        #expect(driver.state.rewards.stepRewards == [0, 1, 1, 1])
        // The agents of the other steps have a reward in this trace now.
        #expect(names(driver) == ["planner", "coder", "tester"])
        let coder = try #require(driver.state.rewards.series.place(of: "coder"))
        #expect(driver.state.rewards.series[coder].count == 2)
        try driver.press("t")
        #expect(driver.state.rewards.whatIf?.propagation.strategy == .discounted)
        #expect(driver.state.rewards.stepRewards == [0, 0.9025, 0.95, 1])
        try driver.press("02-")
        #expect(driver.state.rewards.whatIf?.propagation.gamma == 0.85)
        try driver.press("020+")
        #expect(driver.state.rewards.stepRewards == [0, 1, 1, 1])
        try driver.press("02t")
        #expect(driver.state.rewards.stepRewards == [0, nil, 1, nil])
        #expect(driver.state.rewards.steps(of: 2) == [0, nil, 1, nil])
        try driver.press("<Esc>")
        #expect(driver.state.rewards.whatIf == nil)
        #expect(driver.state.rewards.series[0] == before)
        #expect(names(driver) == ["planner", "coder"])
    }

    @Test("what is tried is written with w or Enter, once, and shown when it is there")
    func written() throws {
        var driver = try driver()
        try answer(&driver)
        try driver.press("w")
        #expect(driver.effects.isEmpty)
        try driver.press("r")
        try driver.press("0.5<CR>tw")
        let handDown = HandDown(
            sequence: "T:1", spans: (1...4).map { SpanRef(unit: 0, row: $0) }, values: [nil, 0.45125, 0.475, 0.5],
            worth: 0.5, propagation: Propagation(.discounted))
        #expect(requests(driver).map(\.decision) == [.handDown(handDown)])
        #expect(requests(driver).map(\.trace) == [Self.trace(2)])
        try driver.press("w")
        #expect(requests(driver).isEmpty)
        driver.send(
            .judged([
                JudgementOutcome(trace: Self.trace(2), traceReward: 0.4, span: nil, spanReward: nil, text: "done")
            ]))
        #expect(driver.state.rewards.whatIf == nil)
        #expect(driver.effects.contains(.readRewards))
        #expect(driver.effects.contains { if case .readSequence = $0 { true } else { false } })
    }

    @Test("what could not be written can be tried again")
    func refused() throws {
        var driver = try driver()
        try answer(&driver)
        try driver.press("a<CR>")
        driver.send(.said("the disk is full", isError: true))
        #expect(driver.state.rewards.whatIf?.isBeingWritten == false)
        try driver.press("<CR>")
        #expect(requests(driver).count == 1)
    }

    @Test("moving on drops what is tried")
    func movingOn() throws {
        var driver = try driver()
        try answer(&driver)
        try driver.press("aj")
        #expect(driver.state.rewards.whatIf == nil)
        #expect(names(driver) == ["planner", "coder"])
        #expect(try key(driver).agent == "coder")
    }

    @Test("nothing is tried where there is no sequence, and a sequence worth nothing says so")
    func nothingToTry() throws {
        var driver = try driver()
        try driver.press("t")
        #expect(driver.state.rewards.whatIf == nil && driver.state.message?.isError == true)
        driver.send(.sequenceFailed(try key(driver), "the file is gone"))
        try driver.press("a")
        #expect(driver.state.message?.text == "the file is gone")
        let steps = [step(1, "planner"), step(2, "coder")]
        driver.send(.sequenceRead(try key(driver), RewardSequence(trace: Self.trace(2), id: "T", steps: steps)))
        try driver.press("tw")
        #expect(driver.effects.isEmpty)
        #expect(driver.state.message?.text.contains("worth nothing yet") == true)
    }

    @Test("the step that one goes to is where its trace opens")
    func steps() throws {
        var driver = try driver()
        try driver.press("<CR>")
        try answer(&driver)
        try driver.press("}}")
        #expect(driver.state.rewards.panel.step == 1)
        try driver.press("9}")
        #expect(driver.state.rewards.panel.step == 3)
        try driver.press("{{")
        #expect(driver.state.rewards.panel.step == 1)
    }

    @Test("the cursor stays on its group when more comes")
    func staying() throws {
        var driver = try driver()
        try driver.press("j")
        #expect(names(driver)[driver.state.rewards.cursor] == "coder")
        var more = rows
        for trace in 3..<9 { more.append((UInt32(trace), 1, "tester", 1)) }
        send(rewards(more), to: &driver)
        #expect(names(driver)[0] == "tester")
        #expect(names(driver)[driver.state.rewards.cursor] == "coder")
    }

    @Test("are asked for again when something came while they were on their way, and not twice at once")
    func asking() throws {
        var driver = Driver()
        try driver.press("4")
        try driver.press(":rewards<CR>")
        #expect(!driver.effects.contains(.readRewards))
        send(rewards(rows), to: &driver)
        #expect(driver.effects.contains(.readRewards))
    }

    @Test("are asked for when any of them changed, and not when other things did")
    func versions() throws {
        var driver = Driver()
        try driver.press("4")
        send(rewards(rows), to: &driver)
        var store = driver.state.traces.store
        store.progress.spans += 1
        driver.send(.storeChanged(store))
        #expect(!driver.effects.contains(.readRewards))
        store.rewardsVersion += 1
        driver.send(.storeChanged(store))
        #expect(driver.effects.contains(.readRewards))
    }

    @Test("an answer about another sequence changes nothing")
    func late() throws {
        var driver = try driver()
        let old = try key(driver)
        try driver.press("j")
        driver.send(.sequenceRead(old, RewardSequence(trace: old.trace, id: "late", steps: [])))
        #expect(driver.state.rewards.panel.sequence == nil)
    }

    @Test("move with other weights of their parts as those are typed, and are written together or dropped")
    func weights() throws {
        var driver = try driver()
        try driver.press("W")
        #expect(driver.state.prompt == nil, "nothing is made of parts")
        var table = rewards(rows)
        let row = table.rows(of: 0).lowerBound
        var record = RewardRecord(
            id: RewardID(high: 1, low: 1), target: .trace(Self.trace(0)), author: "bot", authorKind: .code, createdAt: 1
        )
        record.dimensions = [.init(name: "kept", value: 0, weight: 1), .init(name: "fast", value: 1, weight: 1)]
        table.parts[row] = RewardParts(record)
        table.values[row] = 0.5
        send(table, to: &driver)
        let before = driver.state.rewards.series.mean
        try driver.press("W")
        #expect(driver.state.prompt?.string == "kept=1 fast=1")
        try driver.press("<BS>0")
        #expect(driver.state.preview == "1 reward changes")
        let lower = try #require(driver.state.rewards.series.mean)
        #expect(lower < before ?? 0)
        try driver.press("<Esc>")
        #expect(driver.state.rewards.series.mean == before)
        try driver.press("W<C-u>fast=0<CR>")
        #expect(driver.state.rewards.series.mean == lower)
        try driver.press("w")
        #expect(driver.state.bulk?.question == "write 1 reward by these weights? y n")
        try driver.press("y")
        let reweighing = RewardReweighing(
            record: record.id,
            dimensions: [.init(name: "kept", value: 0, weight: 1), .init(name: "fast", value: 1, weight: 0)], value: 0)
        #expect(requests(driver).map(\.decision) == [.reweigh([reweighing])])
        var outcome = JudgementOutcome(
            trace: Self.trace(0), traceReward: 0, span: nil, spanReward: nil, text: "done")
        outcome.decision = .reweigh([reweighing])
        driver.send(.judged([outcome]))
        #expect(driver.state.rewards.weights == nil)
        try driver.press(":weights never=1<CR>")
        #expect(driver.state.message?.isError == true && driver.state.rewards.weights == nil)
    }
}
