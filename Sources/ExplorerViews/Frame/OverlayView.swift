import Cells
import Explorer

/// A page of text over the view.
enum OverlayView {
    static func draw(_ canvas: inout Canvas, _ overlay: Overlay, _ state: ExplorerState) {
        let layout = state.layout
        let top = layout.bar.height + layout.tabs.height
        let area = Rectangle(x: 0, y: top, width: state.size.columns, height: layout.foot.y - top)
        canvas.fill(area, .text)
        canvas.fill(area.top(1), .header)
        canvas.write(" " + OverlayText.title(overlay.content), x: 0, y: area.y, .header, limit: area.width)
        let body = area.droppingTop(1)
        let lines = OverlayText.lines(overlay.content, state)
        let keyWidth = min(lines.map { TextWidth.columns(of: $0.key) }.max() ?? 0, area.width / 3)
        for (row, line) in lines.dropFirst(overlay.top).prefix(body.height).enumerated() {
            let y = body.y + row
            if line.isTitle {
                canvas.write(line.text, x: 1, y: y, .helpTitle, limit: area.width - 2)
            } else {
                canvas.write(line.key, x: 1, y: y, .helpKey, limit: keyWidth)
                let x = keyWidth == 0 ? 1 : keyWidth + 3
                canvas.write(TextWidth.clip(line.text, to: area.width - x - 1), x: x, y: y, .text)
            }
        }
        if lines.count > overlay.top + body.height {
            let rest = "\(lines.count - overlay.top - body.height) more ↓"
            canvas.write(rest, endingAt: area.width - 1, y: area.y, .header, limit: 20)
        }
    }
}
