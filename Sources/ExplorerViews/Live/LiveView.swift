import Cells
import Explorer
import TraceAnalysis
import TraceModel
import TraceStore

/// Spans as they arrive: those that run pinned on top, the newest at the foot.
enum LiveView {
    static func draw(_ canvas: inout Canvas, _ state: ExplorerState, _ context: ViewContext, _ layout: ExplorerLayout) {
        let live = state.live
        let columns = LiveColumns(width: layout.list.width)
        columns.drawHeads(&canvas, layout.heading)
        let area = layout.list
        guard !live.rows.isEmpty else {
            let text = live.entries.isEmpty ? "No span has come yet." : "No span is as the filter wants it."
            canvas.write(text, x: 2, y: area.y, .textDim, limit: area.width - 3)
            return
        }
        let pinned = live.pinned(height: area.height)
        // The cursor may be on a running row that there is no room for.
        let firstPinned = live.cursor < live.runningCount ? max(0, live.cursor + 1 - pinned) : 0
        for row in 0..<pinned { drawRow(&canvas, firstPinned + row, state, columns, context, y: area.y + row) }
        var y = area.y + pinned
        if pinned > 0 {
            canvas.fill(Rectangle(x: area.x, y: y, width: area.width, height: 1), .rule, with: "─")
            canvas.write(" \(Figures.grouped(live.runningCount)) running ", x: 2, y: y, .spanRunning)
            y += 1
        }
        var row = live.runningCount + live.top
        while y < area.y + area.height, row < live.rows.count {
            drawRow(&canvas, row, state, columns, context, y: y)
            row += 1
            y += 1
        }
        drawRate(&canvas, live, layout.rate)
    }

    private static func drawRow(
        _ canvas: inout Canvas, _ row: Int, _ state: ExplorerState, _ columns: LiveColumns, _ context: ViewContext,
        y: Int
    ) {
        let live = state.live
        columns.draw(&canvas, live.entries[live.rows[row]], context, y: y)
        let line = Rectangle(x: 0, y: y, width: columns.width, height: 1)
        if let needle = state.search.needle, live.isMatch(row, needle) {
            canvas.highlight(needle.text, isCaseSensitive: needle.isCaseSensitive, in: line)
        }
        if row == live.cursor {
            canvas.write("▌", x: 0, y: y, .cursor)
            canvas.lay(.cursor, over: line)
        }
    }

    private static func drawRate(_ canvas: inout Canvas, _ live: LiveState, _ area: Rectangle) {
        guard !area.isEmpty else { return }
        let rate = TraceRate(starts: live.entries.map(\.start))
        let label = " " + rate.label(of: "spans")
        let text = Sparkline.text(Array(rate.counts.suffix(max(0, area.width - label.utf8.count - 2))))
        canvas.write(text + label, endingAt: area.width - 1, y: area.y, .textDim, limit: area.width)
    }
}

/// Where the columns of the live view stand.
private struct LiveColumns {
    let width: Int
    private let service: Int
    private let figures: Bool
    private let trace: Int

    init(width: Int) {
        self.width = width
        service = width >= 60 ? min(20, width / 6) : 0
        figures = width >= 70
        trace = width >= 96 ? 16 : 0
    }

    private var nameX: Int { 11 + (service > 0 ? service + 1 : 0) }
    private var timeEnd: Int { width - 1 - (figures ? 16 : 0) - (trace > 0 ? trace + 1 : 0) }

    func drawHeads(_ canvas: inout Canvas, _ area: Rectangle) {
        canvas.fill(area, .header)
        canvas.write("WHEN", x: 2, y: area.y, .header)
        if service > 0 { canvas.write("SERVICE", x: 11, y: area.y, .header, limit: service) }
        canvas.write("SPAN", x: nameX, y: area.y, .header)
        canvas.write("TIME", endingAt: timeEnd, y: area.y, .header, limit: 8)
        if figures {
            canvas.write("TOKENS", endingAt: timeEnd + 8, y: area.y, .header, limit: 7)
            canvas.write("REWARD", endingAt: timeEnd + 15, y: area.y, .header, limit: 7)
        }
        if trace > 0 { canvas.write("TRACE", x: width - 1 - trace, y: area.y, .header) }
    }

    func draw(_ canvas: inout Canvas, _ span: SpanFeed.Entry, _ context: ViewContext, y: Int) {
        let when = span.start > 0 ? context.localTime(span.start).clock : "no time"
        canvas.write(when, x: 2, y: y, .spanTime)
        if service > 0 { canvas.write(TextWidth.clip(span.service, to: service), x: 11, y: y, .spanAgent) }
        var x = nameX
        let end = timeEnd - 9
        let hasFailed = span.traits.status == .error
        if hasFailed { x += canvas.write("✗ ", x: x, y: y, .spanError) }
        if span.traits.isRunning { x += canvas.write("◌ ", x: x, y: y, .spanRunning) }
        canvas.write(
            TextWidth.clip(span.name, to: max(0, end - x)), x: x, y: y,
            hasFailed ? .spanError : SpanRoles.role(of: span.traits.category))
        let time = span.traits.isRunning ? "running" : Figures.duration(span.duration)
        canvas.write(time, endingAt: timeEnd, y: y, span.traits.isRunning ? .spanRunning : .spanTime, limit: 8)
        if figures {
            let tokens = span.usage.map { Int($0.tokensIn) + Int($0.tokensOut) } ?? 0
            canvas.write(
                tokens == 0 ? "·" : Figures.count(tokens), endingAt: timeEnd + 8, y: y,
                tokens == 0 ? .textDim : .text, limit: 7)
            let reward = span.reward.map { Double($0) }
            canvas.write(
                reward.map { Figures.reward($0) } ?? "–", endingAt: timeEnd + 15, y: y, RewardRoles.role(of: reward),
                limit: 7)
        }
        if trace > 0 {
            canvas.write(TextWidth.clip(span.traceName, to: trace), x: width - 1 - trace, y: y, .textDim)
        }
    }
}
