extension PartGraph {
    /// Turns the edges that lead back to where a depth-first walk came from, which leaves no cycle. The walk goes by the
    /// order of the sketch, from nodes that nothing leads to before others, so that an edge added at the end is the one
    /// to be turned.
    mutating func breakCycles() {
        enum Mark { case unseen, open, done }
        let leaving = Groups(arcs.map(\.tail), count: nodes.count)
        var marks = [Mark](repeating: .unseen, count: nodes.count)
        var isTarget = [Bool](repeating: false, count: nodes.count)
        for arc in arcs { isTarget[Int(arc.head)] = true }
        var turned: [Int] = []
        var path: [(node: Int, next: Int)] = []

        func walk(from root: Int) {
            guard marks[root] == .unseen else { return }
            marks[root] = .open
            path.append((root, leaving.range(root).lowerBound))
            while let (node, next) = path.last {
                guard next < leaving.range(node).upperBound else {
                    marks[node] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let index = Int(leaving.index(at: next))
                let head = Int(arcs[index].head)
                switch marks[head] {
                case .open: turned.append(index)
                case .done: break
                case .unseen:
                    marks[head] = .open
                    path.append((head, leaving.range(head).lowerBound))
                }
            }
        }
        for root in nodes.indices where !isTarget[root] { walk(from: root) }
        for root in nodes.indices { walk(from: root) }
        for index in turned {
            (arcs[index].tail, arcs[index].head) = (arcs[index].head, arcs[index].tail)
            arcs[index].isReversed = true
        }
    }
}
