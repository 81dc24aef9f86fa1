import GraphLayout

/// Graphs to lay out, made from numbers.
enum Sketches {
    /// The same numbers for the same seed.
    struct Numbers {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func below(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state >> 11) % bound
        }
    }

    static func make(
        _ count: Int, _ edges: [(Int, Int)], width: Int = 8, height: Int = 3,
        _ direction: GraphSketch.Direction = .leftToRight
    ) -> GraphSketch {
        GraphSketch(
            nodes: (0..<count).map { GraphSketch.Node(key: UInt64($0) + 100, width: width, height: height) },
            edges: edges.map { GraphSketch.Edge(from: $0.0, to: $0.1) }, direction: direction)
    }

    /// Boxes of many sizes, and edges of every kind: long and short, forth and back, double, to themselves, with labels.
    static func wild(_ seed: UInt64, nodes: Int, edges: Int, _ direction: GraphSketch.Direction) -> GraphSketch {
        var numbers = Numbers(seed)
        var sketch = GraphSketch(nodes: [], edges: [], direction: direction)
        for index in 0..<nodes {
            // Two cells deep at least, so that lines which leave and enter beside a box have a cell each.
            sketch.nodes.append(
                GraphSketch.Node(
                    key: UInt64(index) &* 977 &+ seed, width: 2 + numbers.below(9), height: 2 + numbers.below(4)))
        }
        for _ in 0..<edges where nodes > 0 {
            let from = numbers.below(nodes)
            let isNear = numbers.below(3) > 0
            let to = isNear ? min(nodes - 1, from + 1 + numbers.below(3)) : numbers.below(nodes)
            let label = numbers.below(5) == 0 ? 1 + numbers.below(6) : 0
            sketch.edges.append(GraphSketch.Edge(from: from, to: to, labelWidth: label))
            if numbers.below(12) == 0 { sketch.edges.append(sketch.edges[numbers.below(sketch.edges.count)]) }
        }
        return sketch
    }

    /// A tree where node n hangs below node (n - 1) / width.
    static func tree(_ count: Int, width: Int, _ direction: GraphSketch.Direction) -> GraphSketch {
        make(count, (1..<count).map { (($0 - 1) / width, $0) }, direction)
    }
}
