/// Rows that fold: which nodes of a flattened tree are on the screen, and where the cursor is among them.
///
/// A node's descendants are the nodes after it up to `ends[node]`. Every change is one pass over what is visible, a few
/// milliseconds for a million rows.
package struct Outline: Sendable, Equatable {
    package typealias Node = Int

    package private(set) var ends: [Int32]
    package private(set) var parents: [Int32]
    package private(set) var folded: [Bool]
    /// How many nodes are above each.
    private let depths: [Int32]
    /// Nodes on the screen, from the first row to the last.
    package private(set) var visible: [Int32] = []
    /// Row of the cursor, an index into `visible`.
    package private(set) var cursor = 0
    /// First row shown.
    package private(set) var top = 0

    package init(ends: [Int32] = [], parents: [Int32] = []) {
        self.ends = ends
        self.parents = parents
        folded = Array(repeating: false, count: ends.count)
        var depths: [Int32] = []
        depths.reserveCapacity(parents.count)
        for parent in parents { depths.append(parent < 0 ? 0 : depths[Int(parent)] + 1) }
        self.depths = depths
        refresh()
    }

    package var count: Int { ends.count }

    /// The node under the cursor.
    package var node: Node? { visible.indices.contains(cursor) ? Int(visible[cursor]) : nil }

    package func isLeaf(_ node: Node) -> Bool { Int(ends[node]) == node + 1 }

    package func parent(of node: Node) -> Node? { parents[node] < 0 ? nil : Int(parents[node]) }

    // MARK: Moving

    /// Puts the cursor on a row, or the nearest there is.
    package mutating func move(toRow row: Int) {
        cursor = max(0, min(row, visible.count - 1))
    }

    package mutating func move(by rows: Int) {
        let (row, overflows) = cursor.addingReportingOverflow(rows)
        move(toRow: overflows ? (rows > 0 ? .max : 0) : row)
    }

    /// Puts the cursor on a node, unfolding what hides it.
    package mutating func reveal(_ node: Node) {
        guard node >= 0, node < count else { return }
        var above = parent(of: node)
        var wasHidden = false
        while let ancestor = above {
            if folded[ancestor] {
                folded[ancestor] = false
                wasHidden = true
            }
            above = parent(of: ancestor)
        }
        if wasHidden { refresh() }
        cursor = row(of: node)
    }

    /// The row of a node, or of the nearest one above it that can be seen.
    package func row(of node: Node) -> Int {
        var low = 0
        var high = visible.count
        while low < high {
            let middle = (low + high) / 2
            if Int(visible[middle]) <= node { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    /// Scrolls so that the cursor is so many rows below the first one shown.
    mutating func keepCursor(atRow offset: Int) { top = max(0, cursor - offset) }

    /// Scrolls so that the cursor is among `height` rows, with a margin where there is room.
    package mutating func scroll(height: Int) {
        guard height > 0 else { return }
        let margin = min(2, (height - 1) / 2)
        top = max(top, cursor + margin + 1 - height)
        top = min(top, cursor - margin)
        top = max(0, min(top, visible.count - height))
    }

    /// Scrolls without the cursor, which is dragged along at the edge.
    package mutating func scroll(by rows: Int, height: Int) {
        top = max(0, min(top + rows, visible.count - height))
        let margin = min(2, (height - 1) / 2)
        move(toRow: max(top + (top > 0 ? margin : 0), min(cursor, top + height - 1 - margin)))
    }

    // MARK: Folding

    package mutating func fold(_ node: Node, _ isFolded: Bool) {
        guard !isLeaf(node), folded[node] != isFolded else { return }
        folded[node] = isFolded
        keepingCursor { $0.refresh() }
    }

    package mutating func foldAll(_ isFolded: Bool) {
        keepingCursor { outline in
            outline.folded = (0..<outline.count).map { isFolded && !outline.isLeaf($0) }
            outline.refresh()
        }
    }

    /// Folds exactly the nodes that are said.
    package mutating func fold(where isFolded: (Node) -> Bool) {
        keepingCursor { outline in
            outline.folded = (0..<outline.count).map { !outline.isLeaf($0) && isFolded($0) }
            outline.refresh()
        }
    }

    /// Unfolds every folded row in sight, once.
    package mutating func deeper() {
        let shut = visible.filter { folded[Int($0)] }
        guard !shut.isEmpty else { return }
        for node in shut { folded[Int(node)] = false }
        keepingCursor { $0.refresh() }
    }

    /// Folds the deepest open rows.
    package mutating func shallower() {
        var deepest: Int32 = -1
        for node in visible where depths[Int(node)] > deepest && !folded[Int(node)] && !isLeaf(Int(node)) {
            deepest = depths[Int(node)]
        }
        guard deepest >= 0 else { return }
        for node in visible where depths[Int(node)] == deepest && !isLeaf(Int(node)) { folded[Int(node)] = true }
        keepingCursor { $0.refresh() }
    }

    /// The cursor stays on its node, or goes to what hides it now.
    private mutating func keepingCursor(_ change: (inout Outline) -> Void) {
        let held = node
        let offset = cursor - top
        change(&self)
        if let held { cursor = row(of: held) }
        top = max(0, cursor - offset)
    }

    private mutating func refresh() {
        visible.removeAll(keepingCapacity: true)
        var node = 0
        while node < ends.count {
            visible.append(Int32(node))
            node = folded[node] ? Int(ends[node]) : node + 1
        }
        cursor = max(0, min(cursor, visible.count - 1))
    }
}
