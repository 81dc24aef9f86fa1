import Cells
import Explorer
import GraphLayout
import Testing
import TraceAnalysis
import TraceModel

@Suite("The graph of a trace") struct GraphTests {
    private let trace = TraceID(high: 0, low: 1)

    private struct Step {
        var id: UInt64
        var parent: UInt64 = 0
        var after: [UInt64] = []
        var state = SpanVocabulary.NodeState.done
        var start: Int64 = 10
    }

    /// plan ─ look ─┬─ write (fails) ─ send (waits)
    ///              └─ check
    private let plan = [
        Step(id: 1, start: 1), Step(id: 2, parent: 1, start: 2),
        Step(id: 3, parent: 1, after: [2], state: .failed, start: 20),
        Step(id: 4, parent: 1, after: [2], start: 30),
        Step(id: 5, parent: 1, after: [3, 4], state: .pending, start: 0),
        Step(id: 6, parent: 4, start: 31), Step(id: 7, parent: 4, after: [6], state: .running, start: 32),
    ]

    private func graph(_ steps: [Step]) -> MissionGraph {
        var table = SpanTable(trace: trace)
        var bodies: [SpanBody] = []
        for step in steps {
            var body = SpanBody(
                traceID: trace, spanID: SpanID(step.id), parentID: SpanID(step.parent), name: "step \(step.id)",
                start: step.start, end: step.state == .running || step.start == 0 ? 0 : step.start + 5)
            body.attributes = [
                Attribute(SpanVocabulary.nodeKind, .string("step")),
                Attribute(SpanVocabulary.nodeState, .string(step.state.rawValue)),
            ]
            body.links = step.after.map {
                SpanLink(
                    traceID: trace, spanID: SpanID($0),
                    attributes: [Attribute(SpanVocabulary.linkKind, .string("data"))])
            }
            bodies.append(body)
            table.refs.append(SpanRef(unit: 0, row: UInt32(step.id)))
            table.ids.append(body.spanID)
            table.parents.append(body.parentID)
            table.starts.append(step.start)
            table.durations.append(5)
            var traits = SpanTraits(status: step.state == .failed ? .error : .ok)
            traits.isRunning = step.state == .running
            table.traits.append(traits)
            table.names.append(table.strings.intern(body.name))
            table.services.append(table.strings.intern("s"))
        }
        return MissionGraph(table, bodies)
    }

    /// Opened, with every layout done at once.
    private func driver(_ steps: [Step]? = nil, size: Size = Size(columns: 120, rows: 40)) throws -> Driver {
        var driver = Driver()
        driver.send(.input(.resize(size)))
        try driver.press("3")
        #expect(driver.effects.contains(.readGraph(driver.state.graph?.trace ?? trace)))
        send(.graphRead(try #require(driver.state.graph?.trace), graph(steps ?? plan)), &driver)
        return driver
    }

    private func send(_ event: ExplorerEvent, _ driver: inout Driver) {
        driver.send(event)
        for effect in driver.effects {
            if case .layOut(let scene, let former, let ticket) = effect {
                driver.send(.laidOut(GraphDrawing(scene, keeping: former), ticket: ticket))
            }
        }
    }

    private func press(_ keys: String, _ driver: inout Driver) throws {
        for key in try Key.parse(keys) { send(.input(.key(key)), &driver) }
    }

    private func shown(_ driver: Driver) -> [UInt64] {
        (driver.state.graph?.drawing?.scene.nodes ?? []).compactMap { driver.state.graph?.graph?.nodes[$0].id.value }
    }

    @Test("is walked along its edges, and from one that failed, waits or runs to the next")
    func walking() throws {
        var driver = try driver()
        func at() -> UInt64? { driver.state.graph?.selected?.value }
        try press("]", &driver)
        #expect(shown(driver).sorted() == [1, 2, 3, 4, 5, 6, 7])
        try press("gg", &driver)
        #expect(at() == 1)
        try press("l", &driver)
        #expect(at() == 2)
        try press("l", &driver)
        #expect(at() == 3 || at() == 4)
        try press("e", &driver)
        #expect(at() == 3)
        try press("w", &driver)
        #expect(at() == 5)
        try press(".", &driver)
        #expect(at() == 7)
        try press("/step 3<CR>", &driver)
        #expect(at() == 3)
        try press("ma..'a", &driver)
        #expect(at() == 3)
    }

    @Test("folds what is part of a step into it, with its edges, and shows it by itself")
    func folding() throws {
        var driver = try driver()
        try press("]", &driver)
        try press("/step 4<CR>f", &driver)
        #expect(shown(driver).sorted() == [1, 2, 3, 4, 5])
        let scene = try #require(driver.state.graph?.drawing?.scene)
        #expect(scene.hidden.reduce(0, +) == 2)
        try press("o", &driver)
        #expect(shown(driver).sorted() == [4, 6, 7])
        try press("q", &driver)
        #expect(driver.state.view == .graph)
        #expect(shown(driver).contains(1))
        try press("q", &driver)
        #expect(driver.state.view == .traces)
    }

    @Test("stands as it stood at any moment, forwards and back")
    func time() throws {
        var driver = try driver()
        try press("]t", &driver)
        let moments = try #require(driver.state.graph?.graph?.moments.count)
        #expect(driver.state.graph?.moment == moments - 1)
        try press("g", &driver)
        #expect(driver.state.graph?.moment == 0)
        let there = driver.state.graph?.states.compactMap { $0 } ?? []
        #expect(there.count == 1 && there[0] == .running)
        #expect(driver.state.graph?.selected == SpanID(1))
        try press(">>", &driver)
        #expect(driver.state.graph?.moment == 2)
        try press("<", &driver)
        #expect(driver.state.graph?.moment == 1)
        try press("p", &driver)
        let pause = try #require(self.pause(driver))
        #expect(pause.milliseconds == 800)
        send(.waited(ticket: pause.ticket), &driver)
        #expect(driver.state.graph?.moment == 2)
        let next = try #require(self.pause(driver))
        try press("<Esc>", &driver)
        #expect(driver.state.graph?.moment == nil && driver.state.view == .graph)
        send(.waited(ticket: next.ticket), &driver)
        #expect(driver.state.graph?.moment == nil, "nothing is played any more")
    }

    private func pause(_ driver: Driver) -> (milliseconds: Int, ticket: Int)? {
        for case .wait(let milliseconds, let ticket) in driver.effects { return (milliseconds, ticket) }
        return nil
    }

    @Test("is played at one pace however often that is begun, and no further once it is left")
    func playing() throws {
        var driver = try driver()
        try press("]tgp", &driver)
        let first = try #require(pause(driver))
        try press("pp", &driver)
        let second = try #require(pause(driver))
        send(.waited(ticket: first.ticket), &driver)
        #expect(driver.state.graph?.moment == 0 && pause(driver) == nil)
        send(.waited(ticket: second.ticket), &driver)
        #expect(driver.state.graph?.moment == 1)
        let third = try #require(pause(driver))
        try press("4", &driver)
        send(.waited(ticket: third.ticket), &driver)
        #expect(driver.state.graph?.moment == 1 && driver.state.graph?.isPlaying == false)
    }

    @Test("takes no layout of a scene that is not wanted any more, be it of another trace")
    func lateLayouts() throws {
        var driver = try driver()
        try driver.press("]")
        let late = driver.effects
        try press("[", &driver)
        let wanted = driver.state.graph?.drawing?.scene
        for case .layOut(let scene, let former, let ticket) in late {
            driver.send(.laidOut(GraphDrawing(scene, keeping: former), ticket: ticket))
        }
        #expect(driver.state.graph?.drawing?.scene == wanted)
        try driver.press("qj3")
        let other = try #require(driver.state.graph?.trace)
        driver.send(.graphRead(other, graph([Step(id: 1)])))
        for case .layOut(let scene, let former, let ticket) in late {
            driver.send(.laidOut(GraphDrawing(scene, keeping: former), ticket: ticket))
        }
        #expect(driver.state.graph?.drawing == nil)
    }

    @Test("keeps its boxes on their steps when others come before them or go, until it is laid out anew")
    func renumbered() throws {
        var driver = try driver()
        try press("]", &driver)
        let before = shown(driver)
        let trace = try #require(driver.state.graph?.trace)
        driver.send(.graphRead(trace, graph([Step(id: 9, parent: 1, start: 1)] + plan)))
        #expect(shown(driver) == before)
        driver.send(.graphRead(trace, graph([Step(id: 1)])))
        #expect(driver.state.graph?.drawing == nil)
    }

    @Test("gives each agent rows of its own when wished, is filtered, and its window moves by itself")
    func lanes() throws {
        var driver = try driver()
        try press("]L", &driver)
        let drawing = try #require(driver.state.graph?.drawing)
        #expect(drawing.lanes.map(\.agent) == [""])
        #expect(drawing.plan.boxes.allSatisfy { $0.x >= 15 })
        try press("L&status=error<CR>", &driver)
        #expect(driver.state.graph?.drawing?.lanes.isEmpty == true)
        #expect(shown(driver) == [3])
        try press("&<C-u><CR>]", &driver)
        #expect(shown(driver).count == 7)
        try press("gg", &driver)
        let before = try #require(driver.state.graph?.offset)
        driver.send(.input(.resize(Size(columns: 40, rows: 20))))
        try press(">", &driver)
        #expect(driver.state.graph?.offset.x == before.x + 20)
        try press("l", &driver)
        #expect((driver.state.graph?.offset.x ?? 99) <= before.x + 40)
    }

    @Test("stays where it is when a state changes or a step is added")
    func live() throws {
        var driver = try driver()
        try press("]", &driver)
        try press("/step 3<CR>", &driver)
        let before = try #require(driver.state.graph?.drawing)
        var changed = plan
        changed[6].state = .done
        send(.graphRead(try #require(driver.state.graph?.trace), graph(changed)), &driver)
        #expect(driver.state.graph?.drawing?.plan.boxes == before.plan.boxes)
        #expect(driver.state.graph?.states.last == .done)
        changed.append(Step(id: 8, parent: 4, after: [7], start: 40))
        send(.graphRead(try #require(driver.state.graph?.trace), graph(changed)), &driver)
        #expect(shown(driver).contains(8))
        #expect(driver.state.graph?.selected == SpanID(3))
    }

    @Test("opens the step's span in its tree, and finds the step of a span")
    func spans() throws {
        var driver = try driver()
        try press("]", &driver)
        try press("/step 6<CR>", &driver)
        try press("<CR>", &driver)
        #expect(driver.state.view == .tree)
        try press("3", &driver)
        #expect(driver.state.view == .graph)
    }

    @Test(
        "bears plans that make no sense",
        arguments: [
            [], [Step(id: 1, after: [1])], [Step(id: 1, after: [2]), Step(id: 2, after: [1])],
            [Step(id: 1, parent: 2), Step(id: 2, parent: 1)], [Step(id: 1, after: [99])],
            [Step(id: 1), Step(id: 1, state: .failed)], (1...200).map { Step(id: $0, parent: $0 - 1) },
            (1...600).map { Step(id: $0, after: $0 == 600 ? Array(1..<600) : []) },
        ])
    private func broken(steps: [Step]) throws {
        var driver = try driver(steps, size: Size(columns: 60, rows: 20))
        try press("]hjklGgfozZZZZDt<>ptewWE.[]oq", &driver)
        #expect(driver.state.size.columns == 60)
    }
}
