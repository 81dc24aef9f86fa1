import Cells
import Explorer
import TraceAnalysis
import TraceModel
import TraceStore

/// The span tree with the waterfall beside it.
enum TreeView {
    static func draw(_ canvas: inout Canvas, _ state: TreeState, _ explorer: ExplorerState, _ layout: ExplorerLayout) {
        guard let tree = state.tree else {
            let text = state.failure ?? "Reading trace \(state.trace) …"
            canvas.write(TextWidth.clip(text, to: layout.heading.width - 2), x: 1, y: layout.heading.y, .message)
            return
        }
        let columns = TreeColumns(width: layout.list.width)
        drawTitle(&canvas, tree, state, layout.heading)
        if layout.heading.height > 1, !layout.list.isEmpty {
            Waterfall(state.window, columns).drawAxis(&canvas, y: layout.heading.y + 1, from: tree.start)
        }
        let waterfall = Waterfall(state.window, columns)
        for row in 0..<layout.list.height {
            let index = state.outline.top + row
            guard index < state.outline.visible.count else { break }
            let node = Int(state.outline.visible[index])
            let y = layout.list.y + row
            drawName(&canvas, node, tree, state, explorer.traces.store.pending, columns, y)
            waterfall.draw(&canvas, node, tree, state, y)
            let line = Rectangle(x: 0, y: y, width: layout.list.width, height: 1)
            if let needle = explorer.search.needle, state.matches.indices.contains(node), state.matches[node] {
                let names = Rectangle(x: 0, y: y, width: columns.timeX, height: 1)
                canvas.highlight(needle.text, isCaseSensitive: needle.isCaseSensitive, in: names)
                canvas.write("•", x: 1, y: y, .mark)
            }
            if tree.kinds[node] == .span, !state.marks.isEmpty,
                let mark = state.marks.first(where: { $0.value == tree.table.refs[Int(tree.spans[node])] })
            {
                canvas.write(String(mark.key), x: 1, y: y, .mark)
            }
            if explorer.selectedRows?.contains(index) == true {
                canvas.write("┃", x: 0, y: y, .mark)
                canvas.lay(.cursorIdle, over: line)
            }
            if index == state.outline.cursor {
                canvas.write("▌", x: 0, y: y, .cursor)
                canvas.lay(state.focus == .tree ? .cursor : .cursorIdle, over: line)
            }
        }
    }

    private static func drawTitle(_ canvas: inout Canvas, _ tree: SpanTree, _ state: TreeState, _ area: Rectangle) {
        guard !area.isEmpty else { return }
        canvas.fill(area.top(1), .header)
        let spans = "\(Figures.grouped(tree.table.count)) span\(tree.table.count == 1 ? "" : "s")"
        var facts = [spans, tree.start > 0 ? Figures.duration(tree.duration) : "no time"]
        if tree.errorCount > 0 { facts.append("✗\(Figures.grouped(tree.errorCount))") }
        if tree.runningCount > 0 { facts.append("◌\(Figures.grouped(tree.runningCount)) running") }
        let text = facts.joined(separator: " · ")
        canvas.write(text, endingAt: area.width - 1, y: area.y, .header, limit: area.width / 2 + 8)
        let room = area.width - TextWidth.columns(of: text) - 4
        let root = tree.count > 0 ? tree.name(of: 0) : ""
        let x = 1 + canvas.write(TextWidth.clip(root, to: room), x: 1, y: area.y, .header)
        let title = tree.count > 0 ? state.details[tree.table.refs[Int(tree.spans[0])]]?.title ?? "" : ""
        if room - x > 6 { canvas.write(TextWidth.clip(title, to: room - x - 2), x: x + 2, y: area.y, .header) }
    }

    private static func drawName(
        _ canvas: inout Canvas, _ node: Int, _ tree: SpanTree, _ state: TreeState, _ pending: PendingReport,
        _ columns: TreeColumns, _ y: Int
    ) {
        let end = columns.timeX - 1
        // Deep rows are not pushed out of sight: past half of the column depth is told as a number.
        let depth = Int(tree.depths[node])
        let deepest = max(2, (end - 2) / 4)
        var x = 2 + 2 * min(depth, deepest)
        if depth > deepest { x += canvas.write("‥\(depth) ", x: x - 2, y: y, .treeLine) - 2 }
        let sign = tree.isLeaf(node) ? "  " : state.outline.folded[node] ? "▸ " : "▾ "
        x += canvas.write(sign, x: x, y: y, .treeLine, limit: end - x)
        x += drawState(&canvas, node, tree, x, y, end)
        let name = TextWidth.clip(tree.name(of: node), to: max(0, end - x))
        x += canvas.write(name, x: x, y: y, role(of: node, tree), limit: end - x)
        if tree.kinds[node] == .group {
            x += canvas.write(" ×\(tree.childCount(of: node))", x: x, y: y, .spanGroup, limit: end - x)
        }
        if tree.errors[node] > 0, !tree.hasError(node), state.outline.folded[node] {
            x += canvas.write(" ✗\(tree.errors[node])", x: x, y: y, .spanError, limit: end - x)
        }
        let words = detail(node, tree, state, pending, name: name)
        if !words.isEmpty, end - x > 5 {
            canvas.write(TextWidth.clip(words, to: end - x - 2), x: x + 2, y: y, .spanDetail)
        }
        drawTime(&canvas, node, tree, columns, y)
    }

    private static func drawTime(
        _ canvas: inout Canvas, _ node: Int, _ tree: SpanTree, _ columns: TreeColumns, _ y: Int
    ) {
        let isRunning = tree.isRunning(node)
        let time = tree.time(of: node)
        canvas.write(
            time, endingAt: columns.timeX + columns.timeWidth, y: y, isRunning ? .spanRunning : .spanTime,
            limit: columns.timeWidth)
    }

    /// Signs before the name: failed, running, missing.
    private static func drawState(
        _ canvas: inout Canvas, _ node: Int, _ tree: SpanTree, _ x: Int, _ y: Int, _ end: Int
    ) -> Int {
        if tree.hasError(node) { return canvas.write("✗ ", x: x, y: y, .spanError, limit: end - x) }
        if tree.isRunning(node) { return canvas.write("◌ ", x: x, y: y, .spanRunning, limit: end - x) }
        switch tree.kinds[node] {
        case .missing, .cycle: return canvas.write("⚠ ", x: x, y: y, .spanOrphan, limit: end - x)
        case .span, .group: return 0
        }
    }

    private static func role(of node: Int, _ tree: SpanTree) -> Role {
        switch tree.kinds[node] {
        case .group: return .spanGroup
        case .missing, .cycle: return .spanOrphan
        case .span: break
        }
        if tree.hasError(node) { return .spanError }
        return SpanRoles.role(of: tree.traits(of: node).category)
    }

    /// What stands behind the name: why it failed, tokens, tool, model, what it is about.
    private static func detail(
        _ node: Int, _ tree: SpanTree, _ state: TreeState, _ pending: PendingReport, name: String
    ) -> String {
        guard let span = tree.span(at: node) else { return "" }
        var words: [String] = []
        let detail = state.details[tree.table.refs[span]]
        if let detail, tree.hasError(node), !detail.statusMessage.isEmpty { words.append(detail.statusMessage) }
        let isPending = pending.contains(
            tree.table.ids[span], in: tree.table.trace, isRoot: tree.table.parents[span].isZero)
        let sign = isPending ? PendingSign.text : ""
        if let reward = tree.table.rewards[Int32(span)] {
            words.append(Figures.reward(Double(reward)) + sign)
        } else if isPending {
            words.append(sign)
        }
        if let usage = tree.table.usage[Int32(span)], usage.tokensIn > 0 || usage.tokensOut > 0 {
            words.append("\(Figures.count(Int(usage.tokensIn)))→\(Figures.count(Int(usage.tokensOut))) tok")
            if let cached = detail?.tokensCached, cached > 0 { words.append("\(Figures.count(cached)) cached") }
        }
        if let detail { words += detail.words(besides: name) }
        return words.joined(separator: "  ")
    }
}
