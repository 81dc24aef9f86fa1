extension SpanTree {
    /// Marks the chain of spans that decided when the trace ended: from the end backwards, always the child that
    /// finished last before what came after it could begin.
    mutating func findCriticalPath() {
        isCritical = Array(repeating: false, count: count)
        guard let root = longestTop() else { return }
        var pending: [(node: Node, until: Int64)] = [(root, stops[root])]
        while let (node, until) = pending.popLast() {
            isCritical[node] = true
            markGroups(above: node)
            var limit = min(until, stops[node])
            let ending = spansBelow(node).map { (child: $0, stop: min(stops[$0], stops[node])) }
            for (child, stop) in ending.sorted(by: { ($0.stop, $0.child) > ($1.stop, $1.child) }) {
                guard stop <= limit, starts[child] < limit else { continue }
                pending.append((child, stop))
                limit = starts[child]
            }
        }
        findDetours()
    }

    /// Whether it says something that a node is on the path: next to it there are others that are not.
    package func tellsPath(_ node: Node) -> Bool {
        isCritical[node] && parent(of: node).map { hasDetour[$0] } ?? false
    }

    private mutating func findDetours() {
        hasDetour = Array(repeating: false, count: count)
        for node in 0..<count where !isCritical[node] {
            if let parent = parent(of: node) { hasDetour[parent] = true }
        }
    }

    private func longestTop() -> Node? {
        var longest: Node?
        var top = 0
        while top < count {
            if kinds[top] == .span, longest.map({ stops[top] - starts[top] > stops[$0] - starts[$0] }) ?? true {
                longest = top
            }
            top = Int(ends[top])
        }
        return longest
    }

    /// The spans right below, seen through groups.
    private func spansBelow(_ node: Node) -> [Node] {
        var found: [Node] = []
        var next = node + 1
        while next < Int(ends[node]) {
            if kinds[next] == .group {
                next += 1
            } else {
                found.append(next)
                next = Int(ends[next])
            }
        }
        return found
    }

    private mutating func markGroups(above node: Node) {
        var above = parent(of: node)
        while let group = above, kinds[group] == .group {
            isCritical[group] = true
            above = parent(of: group)
        }
    }
}
