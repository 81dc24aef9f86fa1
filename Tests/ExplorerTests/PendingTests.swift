import Cells
import Explorer
import ExplorerViews
import Testing
import TraceModel
import TraceStore

/// What was judged and its source does not have yet, on the screen.
@Suite struct PendingTests {
    private func pending(_ span: SpanID?, in trace: UInt64) -> PendingJudgement {
        let trace = TraceID(high: 0, low: trace)
        let target = span.map { RewardTarget.span($0, in: trace) } ?? .trace(trace)
        let record = RewardRecord(
            id: RewardID(high: 1, low: 1), target: target, value: 0.25, author: "ann", createdAt: 1)
        return PendingJudgement(
            record: record, source: "/there/a.json", reason: "/there/a.json is read-only", triedAt: 1)
    }

    private func judged(_ pending: [PendingJudgement], text: String = "rejected") -> ExplorerEvent {
        .judged([
            JudgementOutcome(
                trace: TraceID(high: 0, low: 3), traceReward: 0.25, span: pending.first?.record.target.span,
                spanReward: 0.25, text: text, pending: PendingReport(pending))
        ])
    }

    private func lines(_ driver: Driver) throws -> [String] {
        let theme = Theme(name: "plain", styles: [:])
        return ExplorerScreen.draw(
            driver.state,
            ViewContext(
                theme: theme,
                localTime: { _ in
                    CivilTime(year: 2026, month: 11, day: 20, hour: 10, minute: 0, second: 0)
                })
        ).lines
    }

    @Test("a pending judgement is counted on top and marked in the list until it is there")
    func list() throws {
        var driver = Driver()
        driver.send(.input(.resize(Size(columns: 120, rows: 24))))
        driver.send(judged([pending(nil, in: 3)]))
        var drawn = try lines(driver)
        #expect(drawn[0].contains("⇡1 pending"))
        #expect(drawn.filter { $0.contains(".25⇡") }.count == 1)
        driver.send(judged([], text: "there"))
        drawn = try lines(driver)
        #expect(!drawn.contains { $0.contains("⇡") })
    }

    @Test(
        "it is marked in the tree: at its span, or at the root where it is of the trace", arguments: [SpanID(2), nil])
    func tree(span: SpanID?) throws {
        var driver = Driver(spans: [("root", nil), ("child", 0)])
        driver.send(.input(.resize(Size(columns: 120, rows: 24))))
        try driver.press("jj<Enter>")
        driver.send(judged([pending(span, in: 3)]))
        let marked = try lines(driver).dropFirst().filter { $0.contains("⇡") }
        #expect(marked.count == 1 && marked.first?.contains(span == nil ? "root" : "child") == true)
    }

    @Test("is listed with the reason, and tried again when asked")
    func overlay() throws {
        var driver = Driver()
        try driver.press(":pending<Enter>")
        #expect(OverlayText.lines(.pending, driver.state).map(\.text) == ["Every judgement is where it belongs."])
        try driver.press("q")
        driver.send(judged([pending(SpanID(2), in: 3)]))
        let lines = OverlayText.lines(.pending, driver.state)
        #expect(lines[0].key == ".25" && lines[0].text == "span:0000000000000002  by ann")
        #expect(lines[1].text == "/there/a.json is read-only")
        try driver.press(":pending retry<Enter>")
        guard case .judge(let requests)? = driver.effects.first else { throw StoreError("nothing was asked for") }
        #expect(requests.map(\.decision) == [.retry])
        try driver.press(":pending nonsense<Enter>")
        #expect(driver.state.message?.isError == true && driver.effects.isEmpty)
    }

    @Test("what is held back while paused knows of it as well")
    func paused() throws {
        var driver = Driver()
        try driver.press("=")
        driver.send(.storeChanged(driver.state.traces.store))
        driver.send(judged([pending(nil, in: 3)]))
        try driver.press("=")
        #expect(driver.state.traces.store.pending.count == 1)
    }
}
