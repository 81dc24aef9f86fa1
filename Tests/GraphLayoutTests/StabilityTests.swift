import GraphLayout
import Testing

@Suite("A plan that keeps a former one")
struct StabilityTests {
    /// The nodes of each rank, in their order across.
    private func rows(_ plan: GraphPlan, _ sketch: GraphSketch, upTo count: Int) -> [Int: [Int]] {
        let across = { (node: Int) in sketch.direction == .leftToRight ? plan.boxes[node].y : plan.boxes[node].x }
        return Dictionary(grouping: 0..<count) { plan.ranks[$0] }
            .mapValues { nodes in nodes.sorted { across($0) < across($1) } }
    }

    private func sketch(_ seed: UInt64) -> GraphSketch {
        var numbers = Sketches.Numbers(seed)
        let edges = (1..<40).flatMap { node in (0...numbers.below(2)).map { _ in (numbers.below(node), node) } }
        return Sketches.make(40, edges)
    }

    @Test("has everything in the same order when a box grows", arguments: 1...9)
    func sizes(_ seed: Int) {
        var sketch = sketch(UInt64(seed))
        let before = LayeredLayout.plan(sketch)
        sketch.nodes[seed].height = 9
        sketch.nodes[seed + 9].width = 30
        let after = LayeredLayout.plan(sketch, keeping: before)
        #expect(rows(after, sketch, upTo: 40) == rows(before, sketch, upTo: 40))
        #expect(PlanFaults(sketch, after).found.isEmpty)
    }

    @Test("has the others in the same order when a node comes at the end", arguments: 1...9)
    func additions(_ seed: Int) {
        var sketch = sketch(UInt64(seed))
        let before = LayeredLayout.plan(sketch)
        sketch.nodes.append(GraphSketch.Node(key: 7, width: 5, height: 1))
        sketch.edges.append(GraphSketch.Edge(from: seed, to: 40))
        let after = LayeredLayout.plan(sketch, keeping: before)
        #expect(rows(after, sketch, upTo: 40) == rows(before, sketch, upTo: 40))
    }

    @Test("is the former one when nothing has changed", arguments: 1...9)
    func nothing(_ seed: Int) {
        let sketch = Sketches.wild(UInt64(seed), nodes: 30, edges: 45, .leftToRight)
        let before = LayeredLayout.plan(sketch)
        #expect(LayeredLayout.plan(sketch, keeping: before).boxes == before.boxes)
    }

    @Test("knows nodes by their keys, wherever they are in the sketch")
    func keys() {
        let sketch = Sketches.make(5, (1..<5).map { (0, $0) })
        let before = LayeredLayout.plan(sketch)
        var turned = sketch
        turned.nodes.reverse()
        turned.edges = (0..<4).map { GraphSketch.Edge(from: 4, to: $0) }
        let after = LayeredLayout.plan(turned, keeping: before)
        #expect(after.boxes == before.boxes.reversed())
    }

    @Test("takes a new order when the old one has come to cross clearly more")
    func untangling() {
        let straight = (0..<6).map { ($0, $0 + 6) }
        let before = LayeredLayout.plan(Sketches.make(13, straight + (0..<12).map { ($0, 12) }))
        let turned = Sketches.make(13, (0..<6).map { ($0, 11 - $0) } + (0..<12).map { ($0, 12) })
        #expect(LayeredLayout.plan(turned).crossings == 0)
        #expect(LayeredLayout.plan(turned, keeping: before).crossings == 0)
    }
}
