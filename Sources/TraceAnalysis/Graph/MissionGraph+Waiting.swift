import TraceModel

extension MissionGraph {
    /// For each node, what it waits for: the sources of its edges that have not come to a good end. Nothing once it began.
    package func blockers(of node: Int) -> [Int] {
        switch nodes[node].state {
        case .pending, .ready, .waiting, .paused: break
        case .running, .done, .failed, .cancelled, .replaced: return []
        }
        return edges.filter { $0.to == nodes[node].id && $0.from != $0.to }.compactMap { position(of: $0.from) }
            .filter { ![.done, .replaced, .cancelled].contains(nodes[$0].state) }
    }

    /// Nodes that wait for each other in a circle, each circle once.
    package func cycles() -> [[Int]] {
        var next = [[Int]](repeating: [], count: nodes.count)
        for edge in edges {
            guard let from = position(of: edge.from), let to = position(of: edge.to) else { continue }
            next[from].append(to)
        }
        return Self.components(next).filter { $0.count > 1 || next[$0[0]].contains($0[0]) }
    }

    /// Strongly connected parts, by Tarjan's algorithm without recursion.
    private static func components(_ next: [[Int]]) -> [[Int]] {
        var index = [Int](repeating: -1, count: next.count)
        var low = index
        var isOpen = [Bool](repeating: false, count: next.count)
        var stack: [Int] = []
        var found: [[Int]] = []
        var counter = 0
        for root in next.indices where index[root] < 0 {
            var work = [(node: root, edge: 0)]
            while let (node, edge) = work.last {
                if edge == 0 {
                    index[node] = counter
                    low[node] = counter
                    counter += 1
                    stack.append(node)
                    isOpen[node] = true
                }
                if edge < next[node].count {
                    work[work.count - 1].edge += 1
                    let target = next[node][edge]
                    if index[target] < 0 {
                        work.append((target, 0))
                    } else if isOpen[target] {
                        low[node] = min(low[node], index[target])
                    }
                    continue
                }
                work.removeLast()
                if let parent = work.last?.node { low[parent] = min(low[parent], low[node]) }
                guard low[node] == index[node] else { continue }
                var part: [Int] = []
                while let last = stack.popLast() {
                    isOpen[last] = false
                    part.append(last)
                    if last == node { break }
                }
                found.append(part.sorted())
            }
        }
        return found
    }

    /// The nodes that decided when everything ended: from the one that ended last back along what each waited for, always
    /// to what ended last.
    package func criticalPath() -> [Int] {
        var sources = [[Int]](repeating: [], count: nodes.count)
        var hasChildren = [Bool](repeating: false, count: nodes.count)
        for edge in edges where edge.kind != "parent" {
            if let from = position(of: edge.from), let to = position(of: edge.to), from != to {
                sources[to].append(from)
            }
        }
        for case let parent? in parents { hasChildren[parent] = true }
        func end(_ node: Int) -> Int64 { nodes[node].start &+ nodes[node].duration }
        let leaves = nodes.indices.filter { !hasChildren[$0] && nodes[$0].start > 0 && nodes[$0].duration > 0 }
        guard var node = leaves.max(by: { end($0) < end($1) }) else { return [] }
        var path = [node]
        var seen: Set<Int> = [node]
        while let source = sources[node].filter({ nodes[$0].start > 0 && !seen.contains($0) }).max(by: {
            end($0) < end($1)
        }) {
            seen.insert(source)
            path.append(source)
            node = source
        }
        return path.reversed()
    }
}
