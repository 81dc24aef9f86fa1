import GraphLayout
import Testing

@Suite("A plan")
struct PlanTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var seed: UInt64
        var nodes: Int
        var edges: Int
        var direction: GraphSketch.Direction

        var sketch: GraphSketch { Sketches.wild(seed, nodes: nodes, edges: edges, direction) }
        var testDescription: String { "\(seed): \(nodes) nodes, \(edges) edges, \(direction)" }
    }

    private static let sizes = [(1, 0), (2, 3), (5, 9), (12, 16), (30, 40), (30, 90), (80, 60)]
    static let samples: [Sample] = sizes.flatMap { nodes, edges in
        GraphSketch.Direction.allCases.flatMap { direction in
            (1...4).map { Sample(seed: $0, nodes: nodes, edges: edges, direction: direction) }
        }
    }

    @Test(
        "has boxes apart, lines clear of boxes and of lines they have nothing to do with, and room for labels",
        arguments: samples)
    func faults(_ sample: Sample) {
        let sketch = sample.sketch
        #expect(PlanFaults(sketch, LayeredLayout.plan(sketch)).found.isEmpty)
    }

    @Test("is the same each time", arguments: samples.filter { $0.seed == 1 })
    func determinism(_ sample: Sample) {
        #expect(LayeredLayout.plan(sample.sketch) == LayeredLayout.plan(sample.sketch))
    }

    @Test("counts the crossings and the length that are drawn", arguments: samples.filter { $0.seed <= 2 })
    func figures(_ sample: Sample) {
        let plan = LayeredLayout.plan(sample.sketch)
        let cells = GraphInk(plan, of: sample.sketch).cells(x: 0, y: 0, width: plan.width, height: plan.height)
        #expect(plan.crossings == cells.count { $0.isCrossing })
        let steps = plan.routes.flatMap { zip($0.points, $0.points.dropFirst()) }
        #expect(plan.length == steps.reduce(0) { $0 + abs($1.0.x - $1.1.x) + abs($1.0.y - $1.1.y) })
    }

    @Test("of a tree has no crossings", arguments: GraphSketch.Direction.allCases, [2, 3, 7])
    func trees(_ direction: GraphSketch.Direction, _ width: Int) {
        let sketch = Sketches.tree(120, width: width, direction)
        let plan = LayeredLayout.plan(sketch)
        #expect(plan.crossings == 0)
        #expect(PlanFaults(sketch, plan).found.isEmpty)
    }

    @Test("of a ladder, a fan and a braid of two has the crossings that must be")
    func knownGraphs() {
        var ladder: [(Int, Int)] = []
        var braid: [(Int, Int)] = []
        for rung in stride(from: 0, to: 20, by: 2) {
            ladder += [(rung, rung + 2), (rung + 1, rung + 3), (rung, rung + 3)]
            braid += [(rung, rung + 3), (rung + 1, rung + 2)]
        }
        let fan = (1...9).flatMap { [(0, $0), ($0, 10)] }
        #expect(LayeredLayout.plan(Sketches.make(22, ladder)).crossings == 0)
        #expect(LayeredLayout.plan(Sketches.make(22, braid)).crossings == 0)
        #expect(LayeredLayout.plan(Sketches.make(11, fan)).crossings == 0)
    }

    @Test("of three by three nodes crosses little, as lines from one node run together")
    func threeByThree() {
        let sketch = Sketches.make(6, (0..<3).flatMap { from in (3..<6).map { (from, $0) } })
        let plan = LayeredLayout.plan(sketch)
        #expect(plan.crossings <= 9)
        #expect(PlanFaults(sketch, plan).found.isEmpty)
    }

    @Test("of a chain is one straight line", arguments: GraphSketch.Direction.allCases)
    func chains(_ direction: GraphSketch.Direction) {
        let plan = LayeredLayout.plan(Sketches.make(30, (0..<29).map { ($0, $0 + 1) }, direction))
        #expect(plan.ranks == Array(0..<30))
        #expect(plan.routes.allSatisfy { $0.points.count == 2 })
    }

    @Test("marks the edge that closes a cycle, in the order of the sketch")
    func cycles() {
        let plan = LayeredLayout.plan(Sketches.make(4, [(0, 1), (1, 2), (2, 1), (2, 3), (3, 0)]))
        #expect(plan.routes.map(\.isReversed) == [false, false, true, false, true])
        #expect(plan.ranks == [0, 1, 2, 3])
    }

    @Test("gives an edge that has an end nowhere no line")
    func strayEdges() {
        let plan = LayeredLayout.plan(Sketches.make(2, [(0, 7), (-1, 1), (0, 1)]))
        #expect(plan.routes.map(\.points.isEmpty) == [true, true, false])
        #expect(LayeredLayout.plan(Sketches.make(0, [(0, 0)])).width == 0)
    }

    @Test("packs many small parts into about the shape of a screen")
    func parts() {
        let plan = LayeredLayout.plan(Sketches.make(300, []))
        #expect(PlanFaults(Sketches.make(300, []), plan).found.isEmpty)
        #expect(plan.width > plan.height && plan.width < plan.height * 6)
    }

    @Test("of ten thousand edges into one node joins them", arguments: GraphSketch.Direction.allCases)
    func manyIntoOne(_ direction: GraphSketch.Direction) {
        let count = 10_000
        let sketch = Sketches.make(count + 1, (0..<count).map { ($0, count) }, width: 4, height: 1, direction)
        let plan = LayeredLayout.plan(sketch)
        #expect(plan.crossings == 0)
        #expect(plan.routes.allSatisfy { $0.points.last == plan.routes[0].points.last })
        #expect(plan.boxes[count].x < 12 || direction == .topDown)
    }

    @Test("of a long chain, with edges that skip most of it, needs no stack and little room")
    func longChains() {
        let count = 1500
        var edges = (0..<count - 1).map { ($0, $0 + 1) }
        edges += (0..<40).map { ($0, count - 1 - $0) }
        edges += (0..<20).map { (count - 1 - $0, $0 * 2) }
        let sketch = Sketches.make(count, edges, width: 3, height: 1)
        let plan = LayeredLayout.plan(sketch)
        #expect(plan.ranks == Array(0..<count))
        #expect(plan.routes.allSatisfy { !$0.points.isEmpty })
        #expect(plan.height < 200)
    }

    @Test("of a chain of thirty thousand is made without a stack")
    func veryLongChains() {
        let count = 30_000
        let plan = LayeredLayout.plan(Sketches.make(count, (0..<count - 1).map { ($0 + 1, $0) }, width: 3, height: 1))
        #expect(plan.ranks == (0..<count).reversed())
        #expect(plan.height == 1)
    }
}
