import Cells

/// What stands beside a reward that its source does not have yet.
enum PendingSign {
    static let text = "⇡"

    static func draw(_ canvas: inout Canvas, x: Int, y: Int, in width: Int) {
        guard x < width else { return }
        canvas.write(text, x: x, y: y, .badge)
    }
}
