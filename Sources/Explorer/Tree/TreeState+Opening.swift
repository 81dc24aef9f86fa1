import TraceAnalysis
import TraceModel

extension TreeState {
    /// So many rows are unfolded at first, if the levels work out.
    static let firstRows = 80

    /// Takes a tree that was built. The first one opens as many levels as a person can take in; a newer one of the same
    /// trace keeps what is unfolded, and the cursor on its span.
    mutating func take(_ newTree: SpanTree) {
        let former = tree.map { (tree: $0, folds: FoldedNodes($0, outline)) }
        let held = selectedSpan.flatMap { tree?.table.ids[$0] }
        let offset = outline.cursor - outline.top
        let whole = newTree.start...max(newTree.start, newTree.stop)
        if let tree = former?.tree, window != tree.start...max(tree.start, tree.stop) {
            window = window.clamped(to: whole)
        } else {
            window = whole
        }
        tree = newTree
        failure = nil
        outline = Outline(ends: newTree.ends, parents: newTree.parents)
        matches = []
        matchCount = 0
        positions = nil
        foldFirst(newTree)
        if let former {
            let folded = outline.folded
            outline.fold { former.folds.isFolded($0, in: newTree) ?? folded[$0] }
        }
        if let span = (destination ?? held).flatMap({ newTree.table.ids.firstIndex(of: $0) }) {
            outline.reveal(Int(newTree.nodes[span]))
        }
        if former != nil { outline.keepCursor(atRow: offset) }
        destination = nil
    }

    private mutating func foldFirst(_ tree: SpanTree) {
        var rows: [Int] = []
        for depth in tree.depths {
            while rows.count <= Int(depth) { rows.append(0) }
            rows[Int(depth)] += 1
        }
        var shown = 0
        let level = rows.firstIndex { count in
            shown += count
            return shown > Self.firstRows
        }
        let limit = max(1, level ?? rows.count) - 1
        outline.fold { Int(tree.depths[$0]) >= limit }
    }
}

/// Which nodes of a tree were folded, by what is the same in a newer tree of the trace.
private struct FoldedNodes {
    private struct Key: Hashable {
        let kind: SpanTree.Kind
        let span: SpanID

        init(_ node: Int, _ tree: SpanTree) {
            kind = tree.kinds[node]
            let first = Int(tree.spans[node])
            span = kind == .missing ? tree.table.parents[first] : tree.table.ids[first]
        }
    }

    private var folded: [Key: Bool] = [:]

    init(_ tree: SpanTree, _ outline: Outline) {
        for node in 0..<tree.count where !tree.isLeaf(node) { folded[Key(node, tree)] = outline.folded[node] }
    }

    /// Nothing of a node that was not there, or had nothing to fold.
    func isFolded(_ node: Int, in tree: SpanTree) -> Bool? {
        tree.isLeaf(node) ? nil : folded[Key(node, tree)]
    }
}
