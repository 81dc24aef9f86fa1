import Cells
import Explorer
import Testing
import TraceAnalysis
import TraceModel
import TraceStore

@Suite("Traces that are open") struct OpenedTracesTests {
    /// The store's state with one trace at another version, and as many spans as before.
    private func changed(_ position: Int, _ driver: Driver) -> ExplorerEvent {
        var store = driver.state.traces.store
        store.traces.versions[position] += 1
        return .storeChanged(store)
    }

    private func asked(_ driver: Driver) -> [TraceID] {
        driver.effects.compactMap { if case .openTrace(let trace) = $0 { trace } else { nil } }
    }

    @Test("are read again when anything of them changed, though they have as many spans as before")
    func reading() throws {
        var driver = Driver(traces: 3)
        try driver.press("<CR>")
        let trace = try #require(driver.state.tree?.trace)
        let position = try #require(driver.state.traces.table.ids.firstIndex(of: trace))
        driver.send(changed(position, driver))
        #expect(asked(driver) == [trace])
        driver.send(.storeChanged(driver.state.traces.store))
        #expect(asked(driver).isEmpty)
        driver.send(changed((position + 1) % 3, driver))
        #expect(asked(driver).isEmpty)
    }

    @Test("are read once at a time, and once more when something changed meanwhile")
    func reads() throws {
        var state = Driver(traces: 1).state
        func opens(_ event: ExplorerEvent) -> Int {
            Explorer.update(&state, event).filter { if case .openTrace = $0 { true } else { false } }.count
        }
        #expect(opens(.input(.key(.enter))) == 1)
        var store = state.traces.store
        for _ in 0..<2 {
            store.traces.versions[0] += 1
            #expect(opens(.storeChanged(store)) == 0)
        }
        let trace = state.traces.table.ids[0]
        #expect(opens(.treeFailed(trace, "torn")) == 1)
        #expect(opens(.treeFailed(trace, "torn")) == 0)
    }

    @Test("have their graph read again while it is open, and when it is come back to")
    func graphs() throws {
        var driver = Driver(traces: 1)
        let trace = driver.state.traces.table.ids[0]
        let graph = MissionGraph(SpanTable(trace: trace), [])
        try driver.press("3")
        #expect(driver.effects.contains(.readGraph(trace)))
        driver.send(.graphRead(trace, graph))
        driver.send(changed(0, driver))
        #expect(driver.effects.contains(.readGraph(trace)))
        driver.send(.graphRead(trace, graph))
        #expect(!driver.effects.contains(.readGraph(trace)))

        try driver.press("q")
        driver.send(changed(0, driver))
        #expect(!driver.effects.contains(.readGraph(trace)))
        try driver.press("3")
        #expect(driver.effects.contains(.readGraph(trace)))
    }

    @Test("that grow keep what is folded, the cursor's span and the stretch of time, whatever comes before them")
    func growing() throws {
        var driver = Driver(
            traces: 1, spans: [("root", nil), ("plan", 0), ("think", 1), ("act", 0), ("write", 3), ("check", 3)])
        try driver.press("<CR>]gg/plan<CR>hz")
        #expect(driver.name == "plan")
        let window = driver.state.tree?.window
        try driver.press("/check<CR>")
        func names(_ driver: Driver) -> [String] {
            guard let state = driver.state.tree, let tree = state.tree else { return [] }
            return state.outline.visible.map { tree.name(of: Int($0)) }
        }
        #expect(names(driver) == ["root", "plan", "act", "write", "check"])
        let trace = driver.state.traces.table.ids[0]
        var table = SpanTable(trace: trace)
        let spans: [(id: UInt64, parent: UInt64, name: String)] = [
            (1, 0, "root"), (2, 1, "plan"), (3, 2, "think"), (4, 1, "act"), (5, 4, "write"), (6, 4, "check"),
            (7, 2, "think more"), (8, 4, "send"),
        ]
        for (place, span) in spans.enumerated() {
            table.refs.append(SpanRef(unit: 1, row: UInt32(100 + place)))
            table.ids.append(SpanID(span.id))
            table.parents.append(SpanID(span.parent))
            table.starts.append(Int64(place) * 1_000_000)
            table.durations.append(5_000_000)
            table.traits.append(SpanTraits(status: .ok))
            table.names.append(table.strings.intern(span.name))
            table.services.append(table.strings.intern("service"))
        }
        driver.send(.treeBuilt(SpanTree(table)))
        #expect(names(driver) == ["root", "plan", "act", "write", "check", "send"])
        #expect(driver.name == "check")
        #expect(driver.state.tree?.window == window)
        driver.send(.treeFailed(trace, "torn"))
        #expect(driver.state.message?.text == "torn" && names(driver).count == 6)
    }
}
