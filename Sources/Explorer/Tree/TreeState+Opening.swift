import TraceAnalysis
import TraceModel

extension TreeState {
    /// So many rows are unfolded at first, if the levels work out.
    static let firstRows = 80

    /// Takes a tree that was built. The first one opens as many levels as a person can take in; a newer one of the same
    /// trace keeps what is unfolded, and the cursor on its span.
    mutating func take(_ newTree: SpanTree) {
        let held = selectedRef
        tree = newTree
        failure = nil
        outline = Outline(ends: newTree.ends, parents: newTree.parents)
        window = newTree.start...max(newTree.start, newTree.stop)
        matches = []
        matchCount = 0
        positions = nil
        foldFirst(newTree)
        if let held { reveal(held) }
        if let destination, let span = newTree.table.ids.firstIndex(of: destination) {
            outline.reveal(Int(newTree.nodes[span]))
        }
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
