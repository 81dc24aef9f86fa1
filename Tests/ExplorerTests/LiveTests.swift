import Cells
import Explorer
import Testing
import TraceModel
import TraceStore

@Suite("Spans as they arrive") struct LiveTests {
    private func entry(
        _ id: UInt64, _ name: String, start: Int64 = 1_000, isRunning: Bool = false, isError: Bool = false
    ) -> SpanFeed.Entry {
        var traits = SpanTraits(status: isError ? .error : .ok)
        traits.isRunning = isRunning
        return SpanFeed.Entry(
            trace: TraceID(high: 0, low: 1), traceName: "t1", id: SpanID(id), ref: SpanRef(unit: 0, row: UInt32(id)),
            start: start, duration: isRunning ? 0 : 5, traits: traits, name: name, service: "s")
    }

    private func feed(_ entries: [SpanFeed.Entry], _ rows: Int) -> ExplorerEvent {
        .feedRead(SpanFeed(entries: entries, cursor: .init(rows: [rows])))
    }

    private func names(_ driver: Driver) -> [String] {
        driver.state.live.rows.map { driver.state.live.entries[$0].name }
    }

    @Test("stand with the running ones on top, and a span that ends takes its place among the others")
    func running() throws {
        var driver = Driver()
        try driver.press("6")
        #expect(driver.effects == [.readFeed(after: nil, limit: 5000)])
        driver.send(feed([entry(1, "run", isRunning: true), entry(2, "first"), entry(3, "second")], 3))
        #expect(names(driver) == ["run", "first", "second"])
        #expect(driver.state.live.runningCount == 1)
        #expect(driver.state.live.selected?.name == "second")
        driver.send(feed([entry(4, "third"), entry(1, "run")], 5))
        #expect(names(driver) == ["run", "first", "second", "third"])
        #expect(driver.state.live.runningCount == 0)
        #expect(driver.state.live.selected?.name == "third", "the cursor stays at the foot")
        driver.send(feed([entry(1, "run", isRunning: true)], 6))
        #expect(driver.state.live.runningCount == 0, "what has ended does not run again")
    }

    @Test("keep the cursor on its span once it was moved")
    func cursor() throws {
        var driver = Driver()
        try driver.press("6")
        driver.send(feed((1...9).map { entry($0, "n\($0)") }, 9))
        try driver.press("kkk")
        driver.send(feed([entry(10, "run", isRunning: true), entry(11, "n11")], 11))
        #expect(driver.state.live.selected?.name == "n6")
        try driver.press("G")
        driver.send(feed([entry(12, "n12")], 12))
        #expect(driver.state.live.selected?.name == "n12")
    }

    @Test("are asked for from where the last ones ended, and not twice at once")
    func asking() throws {
        var driver = Driver()
        try driver.press("6")
        var store = driver.state.traces.store
        store.progress.spans = 1
        driver.send(.storeChanged(store))
        #expect(!driver.effects.contains { if case .readFeed = $0 { true } else { false } })
        driver.send(feed([entry(1, "a")], 1))
        #expect(driver.effects == [.readFeed(after: .init(rows: [1]), limit: 5000)])
    }

    @Test("are filtered, searched, and open in their tree")
    func finding() throws {
        var driver = Driver()
        try driver.press("6")
        driver.send(feed([entry(1, "plan"), entry(2, "bad", isError: true), entry(3, "plan b")], 3))
        try driver.press("&status=error<CR>")
        #expect(names(driver) == ["bad"])
        try driver.press("&<C-u><CR>")
        #expect(names(driver).count == 3)
        try driver.press("gg/plan b<CR>")
        #expect(driver.state.live.selected?.name == "plan b")
        try driver.press("<CR>")
        #expect(driver.effects.contains(.openTrace(TraceID(high: 0, low: 1))))
        try driver.press("q")
        #expect(driver.state.view == .live)
    }

    @Test("are held back while the screen is paused, with a count of what is new")
    func pausing() throws {
        var driver = Driver(traces: 3)
        try driver.press("=")
        var store = driver.state.traces.store
        store.progress.spans = 12
        store.traces.starts[0] = 7
        driver.send(.storeChanged(store))
        #expect(driver.state.traces.table.starts[0] != 7)
        #expect(driver.state.held?.progress.spans == 12)
        try driver.press("=")
        #expect(driver.state.traces.table.starts[0] == 7)
        #expect(driver.state.held == nil)
    }
}
