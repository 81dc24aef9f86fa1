import GraphLayout
import Testing

@Suite("Ink")
struct InkTests {
    /// A plan as text, with boxes as #.
    private func picture(_ sketch: GraphSketch) -> String {
        let plan = LayeredLayout.plan(sketch)
        let cells = GraphInk(plan, of: sketch).cells(x: 0, y: 0, width: plan.width, height: plan.height)
        let lines = Array(" ╵╶└╷│┌├╴┘─┴┐┤┬┼")
        let heads: [UInt8: Character] = [1: "▲", 2: "▶", 4: "▼", 8: "◀"]
        var rows: [String] = []
        for y in 0..<plan.height {
            var row = ""
            for x in 0..<plan.width {
                let cell = cells[y * plan.width + x]
                let isBox = plan.boxes.contains { $0.contains(GraphPlan.Point(x: x, y: y)) }
                row.append(
                    isBox ? "#" : cell.isCrossing ? "╳" : heads[cell.head.rawValue] ?? lines[Int(cell.arms.rawValue)])
            }
            while row.last == " " { row.removeLast() }
            rows.append(row)
        }
        return rows.joined(separator: "\n")
    }

    @Test("joins what forks and comes together")
    func diamond() {
        let sketch = Sketches.make(4, [(0, 1), (0, 2), (1, 3), (2, 3)], width: 3, height: 1)
        #expect(
            picture(sketch) == """
                    ┌─▶###─┐
                    │      ├─▶###
                ###─┴─▶###─┘
                """)
    }

    @Test("leads down where ranks are rows")
    func topDown() {
        let sketch = Sketches.make(4, [(0, 1), (0, 2), (0, 3)], width: 3, height: 1, .topDown)
        #expect(
            picture(sketch) == """
                      ###
                       │
                 ┌─────┼─────┐
                 ▼     ▼     ▼
                ###   ###   ###
                """)
    }

    @Test("leads back under the boxes, and out of a box and in again")
    func back() {
        let sketch = Sketches.make(3, [(0, 1), (1, 0), (1, 2), (2, 2)], width: 3, height: 1)
        #expect(
            picture(sketch) == """
                ###──▶###──▶###┐
                  ▲───┘       ▲┘
                """)
    }

    @Test("tells a crossing from a join")
    func crossing() {
        let first: [(Int, Int)] = (0..<2).flatMap { from in (2..<5).map { (from, $0) } }
        let edges = first + (2..<5).flatMap { [($0, 5), ($0, 6)] }
        #expect(
            picture(Sketches.make(7, edges, width: 3, height: 1)) == """
                    ┌─┬─▶###─┬─┬───┬─▶###
                ###─┤ │      └─╳─┐ │
                    ├─┼─▶###───┴─┴─┼─▶###
                ###─╳─┤            │
                    └─┴─▶###───────┘
                """)
    }

    @Test("is the same through any window", arguments: PlanTests.samples.filter { $0.nodes == 30 && $0.seed <= 2 })
    func windows(_ sample: PlanTests.Sample) {
        let sketch = sample.sketch
        let plan = LayeredLayout.plan(sketch)
        let ink = GraphInk(plan, of: sketch)
        let all = ink.cells(x: -2, y: -1, width: plan.width + 4, height: plan.height + 2)
        for (x, y, width, height) in [(7, 3, 20, 9), (-2, -1, 5, 4), (30, 0, 1, plan.height), (0, 8, plan.width, 1)] {
            let part = ink.cells(x: x, y: y, width: width, height: height)
            for row in 0..<height where y + row >= -1 && y + row <= plan.height {
                for column in 0..<width where x + column <= plan.width + 1 {
                    #expect(part[row * width + column] == all[(y + row + 1) * (plan.width + 4) + x + column + 2])
                }
            }
        }
    }

    @Test(
        "has in each cell what its edges pass there",
        arguments: PlanTests.samples.filter { $0.nodes == 30 && $0.seed <= 2 })
    func arms(_ sample: PlanTests.Sample) {
        let sketch = sample.sketch
        let plan = LayeredLayout.plan(sketch)
        let ink = GraphInk(plan, of: sketch).cells(x: 0, y: 0, width: plan.width, height: plan.height)
        var arms = [GraphInk.Arms](repeating: [], count: ink.count)
        var edges = [Int](repeating: -1, count: ink.count)
        for (edge, route) in plan.routes.enumerated() {
            for (from, to) in zip(route.points, route.points.dropFirst()) {
                for y in min(from.y, to.y)...max(from.y, to.y) {
                    for x in min(from.x, to.x)...max(from.x, to.x) {
                        let at = y * plan.width + x
                        edges[at] = edge
                        if x > min(from.x, to.x) { arms[at].insert(.left) }
                        if x < max(from.x, to.x) { arms[at].insert(.right) }
                        if y > min(from.y, to.y) { arms[at].insert(.up) }
                        if y < max(from.y, to.y) { arms[at].insert(.down) }
                    }
                }
            }
        }
        #expect(ink.map(\.edge) == edges)
        #expect(zip(ink, arms).allSatisfy { $0.arms.isSuperset(of: $1) })
        #expect(ink.count { !$0.head.isEmpty } == Set(plan.routes.compactMap(\.points.last)).count)
    }

    @Test("of some edges has those alone")
    func chosenEdges() {
        let sketch = Sketches.make(4, [(0, 1), (0, 2), (1, 3), (2, 3)], width: 3, height: 1)
        let plan = LayeredLayout.plan(sketch)
        var lone = plan
        for edge in [0, 2, 3] { lone.routes[edge].points = [] }
        let chosen = GraphInk(plan, of: sketch, only: [1]).cells(x: 0, y: 0, width: plan.width, height: plan.height)
        #expect(chosen == GraphInk(lone, of: sketch).cells(x: 0, y: 0, width: plan.width, height: plan.height))
        #expect(Set(chosen.map(\.edge)) == [-1, 1])
    }

    @Test("is empty where there is nothing")
    func nothing() {
        let sketch = Sketches.make(2, [(0, 1)])
        let ink = GraphInk(LayeredLayout.plan(sketch), of: sketch)
        #expect(ink.cells(x: 500, y: 500, width: 3, height: 2).allSatisfy { $0 == GraphInk.Cell() })
        #expect(ink.cells(x: 0, y: 0, width: 0, height: -4).isEmpty)
    }
}
