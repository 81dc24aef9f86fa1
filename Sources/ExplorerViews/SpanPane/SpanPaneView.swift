import Cells
import Explorer
import TraceAnalysis
import TraceModel

/// What the span under the cursor says.
enum SpanPaneView {
    static func draw(_ canvas: inout Canvas, _ tree: TreeState, _ explorer: ExplorerState, _ layout: ExplorerLayout) {
        guard !layout.paneHeading.isEmpty else { return }
        drawTabs(&canvas, tree, layout.paneHeading)
        let pane = tree.pane
        if let failure = pane.failure {
            let lines = TextWidth.wrap(failure, to: layout.pane.width - 4)
            for (row, line) in lines.prefix(layout.pane.height).enumerated() {
                canvas.write(line, x: 2, y: layout.pane.y + row, .messageError)
            }
            return
        }
        guard pane.ref != nil else {
            drawNote(&canvas, tree.tree == nil ? "" : "Not a span of its own; l opens it.", layout.pane)
            return
        }
        if pane.rows.isEmpty {
            drawNote(&canvas, emptyText(pane), layout.pane)
            return
        }
        for row in 0..<layout.pane.height {
            let index = pane.outline.top + row
            guard index < pane.outline.visible.count else { break }
            let node = Int(pane.outline.visible[index])
            let y = layout.pane.y + row
            drawRow(&canvas, pane.rows[node], isLeaf: pane.outline.isLeaf(node), isFolded: pane.outline.folded[node], y)
            let line = Rectangle(x: 0, y: y, width: layout.pane.width, height: 1)
            if let needle = explorer.search.needle {
                canvas.highlight(needle.text, isCaseSensitive: needle.isCaseSensitive, in: line)
            }
            if tree.focus == .span, index == pane.outline.cursor {
                canvas.write("▌", x: 0, y: y, .cursor)
                canvas.lay(.cursor, over: line)
            }
        }
    }

    private static func emptyText(_ pane: SpanPaneState) -> String {
        guard pane.document != nil else { return "Reading …" }
        return switch pane.tab {
        case .messages, .exchange, .state: ""
        case .attributes: "It has no attributes."
        case .events: "It has no events."
        case .links: "It has no links."
        case .logs: pane.logs == nil ? "Reading …" : "No log names it."
        case .raw: "Reading …"
        }
    }

    private static func drawNote(_ canvas: inout Canvas, _ text: String, _ area: Rectangle) {
        guard !area.isEmpty else { return }
        canvas.write(text, x: 2, y: area.y, .textDim, limit: area.width - 3)
    }

    private static func drawTabs(_ canvas: inout Canvas, _ tree: TreeState, _ area: Rectangle) {
        canvas.fill(area, .rule, with: "─")
        var x = area.x + 1
        for tab in tree.pane.tabs {
            let count = tree.pane.count(of: tab).map { $0 > 0 ? " \($0)" : "" } ?? ""
            let isSelected = tab == tree.pane.tab
            let role: Role = isSelected ? (tree.focus == .span ? .tabSelected : .textStrong) : .tab
            x += canvas.write(" \(tab.rawValue)\(count) ", x: x, y: area.y, role, limit: area.width - x) + 1
        }
        guard let document = tree.pane.document else { return }
        let room = area.width - x - 2
        if room > 12 {
            canvas.write(" \(document.body.name) ", endingAt: area.width - 1, y: area.y, .textDim, limit: room)
        }
    }

    private static func drawRow(
        _ canvas: inout Canvas, _ row: SpanPaneRow, isLeaf: Bool, isFolded: Bool, _ y: Int
    ) {
        let end = canvas.screen.size.columns - 1
        var x = 2 + 2 * min(row.depth, max(2, end / 4))
        let sign = isLeaf ? "  " : isFolded ? "▸ " : "▾ "
        x += canvas.write(sign, x: x, y: y, .treeLine, limit: end - x)
        if !row.key.isEmpty {
            let role: Role =
                switch row.kind {
                case .heading: .textStrong
                case .event, .log: .spanTime
                case .link: .link
                case .attribute, .text: .key
                }
            let keyRoom = max(8, (end - x) * 3 / 5)
            x += canvas.write(TextWidth.clip(row.key, to: keyRoom), x: x, y: y, role, limit: end - x) + 2
        }
        // Once a text is unfolded its lines stand below, and its beginning need not be said twice.
        let isBeginning = row.role == .jsonString || row.role == .jsonFold || row.text.hasSuffix(" …")
        if !isLeaf, !isFolded, isBeginning { return }
        guard !row.pieces.isEmpty else {
            canvas.write(TextWidth.clip(row.text, to: max(0, end - x)), x: x, y: y, row.role, limit: end - x)
            return
        }
        for piece in row.pieces where x < end {
            x += canvas.write(piece.text, x: x, y: y, piece.role, limit: end - x)
        }
    }
}
