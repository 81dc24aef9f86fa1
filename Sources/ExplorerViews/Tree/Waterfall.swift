import Cells
import Explorer
import TraceAnalysis

/// When each row's span ran, on one axis for all.
struct Waterfall {
    private let window: ClosedRange<Int64>
    private let x: Int
    private let width: Int

    init(_ window: ClosedRange<Int64>, _ columns: TreeColumns) {
        self.window = window
        x = columns.waterfallX
        width = columns.waterfallWidth
    }

    /// Times from the start of the trace, at the left, the middle and the right.
    func drawAxis(_ canvas: inout Canvas, y: Int, from start: Int64) {
        // Where nothing has a time there is nothing to measure.
        guard width >= 12, start > 0 else { return }
        canvas.fill(Rectangle(x: x, y: y, width: width, height: 1), .waterfallAxis, with: "─")
        let left = Figures.duration(window.lowerBound - start)
        let right = Figures.duration(window.upperBound - start)
        canvas.write(left + " ", x: x, y: y, .waterfallAxis, limit: width)
        canvas.write(" " + right, endingAt: x + width, y: y, .waterfallAxis, limit: width)
        if width >= 36 {
            let middle = " " + Figures.duration((window.lowerBound - start) / 2 + (window.upperBound - start) / 2) + " "
            canvas.write(middle, x: x + (width - TextWidth.columns(of: middle)) / 2, y: y, .waterfallAxis)
        }
    }

    func draw(_ canvas: inout Canvas, _ node: Int, _ tree: SpanTree, _ state: TreeState, _ y: Int) {
        guard width > 0, tree.starts[node] > 0 || tree.isRunning(node) else { return }
        if tree.kinds[node] == .group, state.outline.folded[node] {
            drawGroup(&canvas, node, tree, y)
        } else {
            let area = drawBar(&canvas, node, tree, y)
            if tree.tellsPath(node), tree.kinds[node] == .span { drawCritical(&canvas, after: area, y) }
        }
    }

    /// All the members of a folded group on one row.
    private func drawGroup(_ canvas: inout Canvas, _ node: Int, _ tree: SpanTree, _ y: Int) {
        for member in tree.children(of: node).prefix(4000) { _ = drawBar(&canvas, member, tree, y) }
    }

    private func drawBar(_ canvas: inout Canvas, _ node: Int, _ tree: SpanTree, _ y: Int) -> Int {
        let start = tree.starts[node]
        let stop = tree.stops[node]
        guard stop >= window.lowerBound, start <= window.upperBound else {
            let isBefore = stop < window.lowerBound
            canvas.write(isBefore ? "◀" : "▶", x: isBefore ? x : x + width - 1, y: y, .waterfallAxis)
            return isBefore ? x + 1 : x + width
        }
        let first = column(start)
        let last = max(first, column(stop))
        let role: Role =
            if tree.hasError(node) {
                .waterfallError
            } else if tree.isRunning(node) {
                .waterfallRunning
            } else {
                tree.isCritical[node] ? .waterfallCritical : .waterfall
            }
        if last == first, stop - start < (window.upperBound - window.lowerBound) / Int64(max(1, width * 2)) {
            canvas.write("▏", x: first, y: y, role)
        } else {
            canvas.fill(Rectangle(x: first, y: y, width: last - first + 1, height: 1), role, with: "━")
        }
        if tree.isRunning(node) { canvas.write("▶", x: last, y: y, role) }
        return last + 1
    }

    /// A sign beside the colour, for those who do not see it.
    private func drawCritical(_ canvas: inout Canvas, after column: Int, _ y: Int) {
        guard column + 1 < x + width else { return }
        canvas.write("◆", x: column + 1, y: y, .waterfallCritical)
    }

    private func column(_ time: Int64) -> Int {
        let length = window.upperBound - window.lowerBound
        guard length > 0 else { return x }
        let offset = max(0, min(time, window.upperBound) - window.lowerBound)
        let share = time <= window.lowerBound ? 0 : Double(offset) / Double(length)
        return x + min(width - 1, Int(share * Double(width)))
    }
}
