import GraphLayout
import TraceGenerator

/// A graph such as agents' plans are: tasks that wait for a few of those just before them, now and then for one long ago.
enum PlanLikeGraph {
    /// The same for the same number of nodes; about twice as many edges.
    static func make(nodes count: Int) -> GraphSketch {
        var random = RandomSource(seed: UInt64(count))
        let nodes = (0..<count).map { GraphSketch.Node(key: UInt64($0), width: 16, height: 3) }
        var edges: [GraphSketch.Edge] = []
        // About as many tasks at once as there are steps.
        let window = max(4, Int(Double(count).squareRoot()))
        for node in 1..<max(1, count) {
            for _ in 0..<random.within(1...3) {
                let isFar = random.chance(0.05)
                let from = isFar ? random.below(node) : max(0, node - 1 - random.below(window * 2))
                edges.append(GraphSketch.Edge(from: from, to: node))
            }
        }
        return GraphSketch(nodes: nodes, edges: edges, direction: .leftToRight)
    }
}
