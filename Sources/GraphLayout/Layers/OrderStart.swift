/// Orders to begin the search from.
struct OrderStart {
    private let graph: LayerGraph
    private let above: Neighbours
    private let below: Neighbours

    init(_ graph: LayerGraph, above: Neighbours, below: Neighbours) {
        self.graph = graph
        self.above = above
        self.below = below
    }

    /// By when a depth-first walk along lines comes by, which leaves no crossing in a tree: from sources and from
    /// targets, and each of them to either hand.
    var walks: [LayerOrder] {
        [
            walk(below, from: above, isMirrored: false), walk(above, from: below, isMirrored: false),
            walk(below, from: above, isMirrored: true), walk(above, from: below, isMirrored: true),
        ]
    }

    private func walk(_ onward: Neighbours, from back: Neighbours, isMirrored: Bool) -> LayerOrder {
        var times = [Int64](repeating: -1, count: graph.itemCount)
        var time: Int64 = 0
        var stack: [Int32] = []
        func visit(_ root: Int) {
            stack.append(Int32(root))
            while let item = stack.popLast() {
                guard times[Int(item)] < 0 else { continue }
                times[Int(item)] = time
                time += 1
                if isMirrored {
                    stack += onward[Int(item)]
                } else {
                    stack += onward[Int(item)].reversed()
                }
            }
        }
        for root in 0..<graph.itemCount where graph.ranks[root] >= 0 && back[root].isEmpty && times[root] < 0 {
            visit(root)
        }
        return LayerOrder(graph, by: times)
    }

    /// By where things were before, and who was there: others come in where their neighbours are. Nothing, where
    /// nothing of it was there.
    func former(_ memory: [UInt64: Int32]) -> (order: LayerOrder, isKnown: [Bool])? {
        var isKnown = [Bool](repeating: false, count: graph.itemCount)
        var places = [Int64](repeating: 0, count: graph.itemCount)
        var queue: [Int32] = []
        for item in 0..<graph.itemCount where graph.ranks[item] >= 0 {
            guard let place = memory[graph.keys[item]] else { continue }
            places[item] = Int64(place) << 16
            isKnown[item] = true
            queue.append(Int32(item))
        }
        guard !queue.isEmpty else { return nil }
        // Others get the place of the neighbour they are reached from first.
        var isPlaced = isKnown
        var next = 0
        while next < queue.count {
            let item = Int(queue[next])
            next += 1
            for near in [above[item], below[item]].joined() where !isPlaced[Int(near)] {
                isPlaced[Int(near)] = true
                places[Int(near)] = places[item] + 1
                queue.append(near)
            }
        }
        return (LayerOrder(graph, by: places), isKnown)
    }
}
