/// The connected parts of a sketch, in the order of their first nodes.
struct SketchParts {
    let count: Int
    private let nodeGroups: Groups
    private let edgeGroups: Groups
    /// Which of its part's nodes each node is.
    private var locals: [Int32]

    init(_ sketch: GraphSketch) {
        let nodeCount = sketch.nodes.count
        var leaders = (0..<nodeCount).map { Int32($0) }
        func leader(_ node: Int) -> Int {
            var node = node
            while Int(leaders[node]) != node {
                leaders[node] = leaders[Int(leaders[node])]
                node = Int(leaders[node])
            }
            return node
        }
        func isWhole(_ edge: GraphSketch.Edge) -> Bool {
            sketch.nodes.indices.contains(edge.from) && sketch.nodes.indices.contains(edge.to)
        }
        for edge in sketch.edges where isWhole(edge) {
            let (first, second) = (leader(edge.from), leader(edge.to))
            leaders[max(first, second)] = Int32(min(first, second))
        }
        // The least node leads, so parts are numbered as their first nodes come.
        var count: Int32 = 0
        var numbers = [Int32](repeating: -1, count: nodeCount)
        for node in 0..<nodeCount {
            let first = leader(node)
            if numbers[first] < 0 {
                numbers[first] = count
                count += 1
            }
            numbers[node] = numbers[first]
        }
        self.count = Int(count)
        nodeGroups = Groups(numbers, count: Int(count))
        edgeGroups = Groups(sketch.edges.map { isWhole($0) ? numbers[$0.from] : -1 }, count: Int(count))
        locals = [Int32](repeating: 0, count: nodeCount)
        for part in 0..<Int(count) {
            for (local, node) in nodeGroups[part].enumerated() { locals[Int(node)] = Int32(local) }
        }
    }

    /// Indices in the sketch.
    func nodes(_ index: Int) -> ArraySlice<Int32> { nodeGroups[index] }

    func part(_ index: Int, of sketch: GraphSketch) -> PartGraph {
        PartGraph(sketch, nodes: nodeGroups[index], edges: edgeGroups[index], locals: locals)
    }
}
