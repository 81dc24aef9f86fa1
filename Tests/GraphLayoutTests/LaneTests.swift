import GraphLayout
import Testing

@Suite("Edges that pass very many layers")
struct LaneTests {
    @Test("go around all boxes and keep apart", arguments: GraphSketch.Direction.allCases)
    func lanes(_ direction: GraphSketch.Direction) {
        let count = 300
        var numbers = Sketches.Numbers(4)
        var sketch = Sketches.make(count, (0..<count - 1).map { ($0, $0 + 1) }, width: 2, height: 2, direction)
        for index in 0..<80 {
            let (from, to) = (numbers.below(40), count - 1 - numbers.below(40))
            let label = index % 10 == 0 ? 4 : 0
            sketch.edges.append(GraphSketch.Edge(from: from, to: to, labelWidth: label))
            if index % 7 == 0 { sketch.edges.append(GraphSketch.Edge(from: to, to: from)) }
        }
        let plan = LayeredLayout.plan(sketch)
        #expect(PlanFaults(sketch, plan).found.prefix(3) == [])
        let chain = plan.boxes.map { direction == .leftToRight ? $0.y + $0.height : $0.x + $0.width }.max() ?? 0
        let outside = plan.routes.count { route in
            route.points.contains { (direction == .leftToRight ? $0.y : $0.x) > chain + 1 }
        }
        #expect(outside > 20)
    }
}
