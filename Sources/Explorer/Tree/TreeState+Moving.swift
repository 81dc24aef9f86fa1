import TraceAnalysis
import TraceModel

extension TreeState {
    mutating func reveal(_ ref: SpanRef) {
        guard let tree, let span = tree.table.refs.firstIndex(of: ref) else { return }
        outline.reveal(Int(tree.nodes[span]))
    }

    /// Goes to the next span for which `holds`, from the cursor on and around the end, whether it can be seen or not.
    mutating func move(forward: Bool, where holds: (SpanTree, Int) -> Bool) -> Bool {
        guard let tree, let node = outline.node else { return false }
        for step in 1...tree.count {
            let at = (node + (forward ? step : tree.count - step)) % tree.count
            if holds(tree, at) {
                outline.reveal(at)
                return true
            }
        }
        return false
    }

    /// Walks the ranking of spans by time of their own.
    mutating func moveAlongSlowest(by step: Int) -> Bool {
        guard let tree else { return false }
        let rank = max(0, slowestRank + step)
        guard tree.slowest.indices.contains(rank) else { return false }
        slowestRank = rank
        outline.reveal(Int(tree.slowest[rank]))
        return true
    }

    // MARK: Time axis

    /// Shows the span under the cursor across the whole axis, with a little around it.
    mutating func zoomIn() {
        guard let tree, let node = outline.node else { return }
        let length = max(tree.stops[node] - tree.starts[node], 1000)
        let margin = length / 20
        window = clamp(tree.starts[node] - margin, length + 2 * margin, tree)
    }

    mutating func zoomOut() {
        guard let tree else { return }
        window = tree.start...max(tree.start, tree.stop)
    }

    /// Moves the axis by quarters of what it shows.
    mutating func pan(by quarters: Int) {
        guard let tree else { return }
        let length = window.upperBound - window.lowerBound
        window = clamp(window.lowerBound + Int64(quarters) * max(1, length / 4), length, tree)
    }

    private func clamp(_ start: Int64, _ length: Int64, _ tree: SpanTree) -> ClosedRange<Int64> {
        let length = min(length, max(0, tree.stop - tree.start))
        let start = max(tree.start, min(start, tree.stop - length))
        return start...(start + length)
    }
}
