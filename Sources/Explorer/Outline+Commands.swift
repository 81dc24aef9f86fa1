extension Outline {
    /// Opens the row under the cursor. Whether there was anything to open.
    @discardableResult
    mutating func unfold() -> Bool {
        guard let node, folded[node] else { return false }
        fold(node, false)
        return true
    }

    /// Folds the row under the cursor, or goes to its parent. Whether either could be done.
    mutating func foldOrLeave() -> Bool {
        guard let node else { return false }
        if !isLeaf(node), !folded[node] {
            fold(node, true)
            return true
        }
        guard let parent = parent(of: node) else { return false }
        reveal(parent)
        return true
    }

    /// The commands that any outline knows.
    mutating func perform(_ id: Command.ID, count: Int) {
        switch id {
        case .collapseAll: foldAll(true)
        case .expandAll: foldAll(false)
        case .deeper: for _ in 0..<min(count, 1000) { deeper() }
        case .shallower: for _ in 0..<min(count, 1000) { shallower() }
        case .nextSibling: for _ in 0..<min(count, 10_000) { moveToSibling(forward: true) }
        case .previousSibling: for _ in 0..<min(count, 10_000) { moveToSibling(forward: false) }
        case .parent: if let node, let parent = parent(of: node) { reveal(parent) }
        default: break
        }
    }

    private mutating func moveToSibling(forward: Bool) {
        guard let node else { return }
        let above = parent(of: node)
        if forward {
            let next = Int(ends[node])
            if next < (above.map { Int(ends[$0]) } ?? count) { reveal(next) }
            return
        }
        // The node before this one is in the previous sibling's subtree, if there is one.
        var candidate = node - 1
        while candidate >= 0, parent(of: candidate) != above {
            guard let up = parent(of: candidate) else { return }
            candidate = up
            if candidate == above { return }
        }
        if candidate >= 0 { reveal(candidate) }
    }
}
