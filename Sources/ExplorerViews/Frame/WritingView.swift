import Cells
import Explorer

/// The text area, over the lower part of a view.
enum WritingView {
    static func draw(_ canvas: inout Canvas, _ writing: WritingState, _ state: ExplorerState) {
        let layout = WritingLayout(state)
        let width = layout.heading.width
        canvas.fill(layout.heading, .header)
        let title = writing.purpose == .comment ? "Comment" : "The output as it should have been"
        canvas.write(" \(title)", x: 0, y: layout.heading.y, .header, limit: width)
        canvas.fill(
            Rectangle(x: 0, y: layout.text.y, width: width, height: layout.text.height), .text)
        guard layout.text.height > 0, layout.text.width > 1 else { return }
        let rows = writing.area.rows(width: layout.text.width)
        let caret = writing.area.place(in: rows)
        let top = max(0, caret.y + 1 - layout.text.height)
        for (row, line) in rows.dropFirst(top).prefix(layout.text.height).enumerated() {
            canvas.write(
                writing.area.text(of: line), x: layout.text.x, y: layout.text.y + row, .text, limit: layout.text.width)
        }
        if writing.isWaiting { canvas.write("…", x: layout.text.x, y: layout.text.y, .textDim) }
        if rows.count > layout.text.height {
            canvas.write(
                "line \(caret.y + 1) of \(rows.count)", endingAt: width - 1, y: layout.heading.y, .header, limit: 24)
        }
        canvas.screen.cursor = Position(
            x: min(layout.text.x + caret.x, state.size.columns - 1), y: layout.text.y + caret.y - top)
    }
}
