import Cells
import Explorer
import TraceAnalysis
import TraceModel
import TraceStore

/// The list of traces.
enum TracesView {
    static func draw(_ canvas: inout Canvas, _ state: ExplorerState, _ context: ViewContext, _ layout: ExplorerLayout) {
        let traces = state.traces
        let inSight = traces.order.dropFirst(traces.top).prefix(layout.list.height).map(Int.init)
        let newest = context.localTime(traces.table.starts.max() ?? 0).date
        let showsDate = inSight.contains { context.localTime(traces.table.starts[$0]).date != newest }
        let columns = TraceColumns(
            width: layout.list.width, showsDate: showsDate, showsSession: traces.sorting.column == .session)
        drawHeads(&canvas, columns, traces.sorting, layout.heading)
        if traces.table.count == 0 {
            drawEmpty(&canvas, state, layout.list)
        } else if traces.order.isEmpty {
            let text = "No trace is as the filter wants it; & changes it."
            canvas.write(text, x: 2, y: layout.list.y, .textDim, limit: layout.list.width - 3)
        }
        for (row, index) in inSight.enumerated() {
            let y = layout.list.y + row
            var trace = traces.table[index]
            if state.review.setup.isBlind { trace.reward = nil }
            let steps = state.review.setup.isBlind ? [] : state.rewards.table.steps(of: index)
            // Of a session that goes on from the row above, the name would only be noise.
            if row > 0, !trace.session.isEmpty, trace.session == traces.table[inSight[row - 1]].session {
                trace.session = "│"
            }
            drawRow(&canvas, trace, steps, columns, y, context, showsDate: showsDate)
            if let reward = columns.columns.first(where: { $0.order == .reward }),
                traces.store.pending.contains(traces.table.ids[index])
            {
                PendingSign.draw(&canvas, x: reward.x + reward.width, y: y, in: layout.list.width)
            }
            let line = Rectangle(x: 0, y: y, width: layout.list.width, height: 1)
            if let needle = state.search.needle, traces.isMatch(index) {
                canvas.highlight(needle.text, isCaseSensitive: needle.isCaseSensitive, in: line)
                if traces.contentMatches.contains(traces.table.ids[index]) { canvas.write("•", x: 1, y: y, .mark) }
            }
            if let mark = traces.marks.first(where: { $0.value == traces.table.ids[index] }) {
                canvas.write(String(mark.key), x: 1, y: y, .mark)
            }
            if state.selectedRows?.contains(traces.top + row) == true {
                canvas.write("┃", x: 0, y: y, .mark)
                canvas.lay(.cursorIdle, over: line)
            }
            if traces.top + row == traces.cursor {
                canvas.write("▌", x: 0, y: y, .cursor)
                canvas.lay(.cursor, over: line)
            }
        }
        drawRate(&canvas, traces.rate, layout.rate)
    }

    private static func drawHeads(
        _ canvas: inout Canvas, _ columns: TraceColumns, _ sorting: TraceOrder, _ area: Rectangle
    ) {
        canvas.fill(area, .header)
        for column in columns.columns {
            let isSorted = column.order == sorting.column
            let title = isSorted ? column.title + (sorting.isDescending ? "↓" : "↑") : column.title
            if column.isRight {
                canvas.write(title, endingAt: column.x + column.width, y: area.y, .header, limit: column.width + 1)
            } else {
                canvas.write(title, x: column.x, y: area.y, .header, limit: column.width)
            }
        }
    }

    private static func drawRow(
        _ canvas: inout Canvas, _ trace: TraceSummary, _ steps: [Float], _ columns: TraceColumns, _ y: Int,
        _ context: ViewContext,
        showsDate: Bool
    ) {
        for column in columns.columns {
            switch column.order {
            case .root: drawRoot(&canvas, trace, column, y)
            case .reward:
                let text = trace.reward.map { Figures.reward($0) } ?? "–"
                canvas.write(
                    text, endingAt: column.x + column.width, y: y, RewardRoles.role(of: trace.reward),
                    limit: column.width)
                // The last steps, as many as there is room for before the number.
                let bars = steps.count > 1 ? steps.suffix(column.width - text.count - 1) : []
                let x = column.x + column.width - text.count - 1 - bars.count
                RewardBars.draw(&canvas, bars.map { Double($0) }, x: x, y: y)
            default:
                let (text, role) = cell(column.order, trace, context, showsDate: showsDate)
                if column.isRight {
                    canvas.write(text, endingAt: column.x + column.width, y: y, role, limit: column.width)
                } else {
                    canvas.write(TextWidth.clip(text, to: column.width), x: column.x, y: y, role)
                }
            }
        }
    }

    private static func cell(
        _ column: TraceOrder.Column, _ trace: TraceSummary, _ context: ViewContext, showsDate: Bool
    ) -> (String, Role) {
        switch column {
        case .when:
            guard trace.start > 0 else { return ("no time", .textDim) }
            let time = context.localTime(trace.start)
            return (showsDate ? "\(time.monthAndDay) \(time.clock)" : time.clock, .spanTime)
        case .agent: return (trace.agent.isEmpty ? trace.service : trace.agent, .spanAgent)
        case .session: return (trace.session.isEmpty ? "–" : trace.session, .textDim)
        case .spans: return (Figures.count(trace.spans), .text)
        case .errors: return trace.errors == 0 ? ("·", .textDim) : ("✗" + Figures.count(trace.errors), .spanError)
        case .time:
            guard trace.start > 0 else { return ("·", .textDim) }
            let time = Figures.duration(trace.duration)
            return trace.isRunning ? (time + "▸", .spanRunning) : (time, .text)
        case .tokens:
            let tokens = trace.tokensIn + trace.tokensOut
            return tokens == 0 ? ("·", .textDim) : (Figures.count(tokens), .text)
        case .cost: return trace.cost.map { (Figures.dollars($0), .text) } ?? ("·", .textDim)
        case .root, .reward: return ("", .text)
        }
    }

    private static func drawRoot(
        _ canvas: inout Canvas, _ trace: TraceSummary, _ column: TraceColumns.Column, _ y: Int
    ) {
        var x = column.x
        let end = column.x + column.width
        if trace.isRunning { x += canvas.write("◌ ", x: x, y: y, .spanRunning, limit: end - x) }
        if trace.isRootless { x += canvas.write("… ", x: x, y: y, .spanOrphan, limit: end - x) }
        let name = trace.root.isEmpty ? "\(trace.id)" : trace.root
        x += canvas.write(TextWidth.clip(name, to: end - x), x: x, y: y, .spanName)
        if !trace.title.isEmpty, end - x > 4 {
            canvas.write(TextWidth.clip(trace.title, to: end - x - 2), x: x + 2, y: y, .spanDetail)
        }
    }

    private static func drawRate(_ canvas: inout Canvas, _ rate: TraceRate, _ area: Rectangle) {
        guard !area.isEmpty, !rate.counts.isEmpty else { return }
        let label = " " + rate.label()
        let room = max(0, area.width - label.utf8.count - 2)
        let text = Sparkline.text(Array(rate.counts.suffix(room)))
        canvas.write(text + label, endingAt: area.width - 1, y: area.y, .textDim, limit: area.width)
    }

    private static func drawEmpty(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        let store = state.traces.store
        var lines: [(String, Role)] = []
        if !store.progress.isFinished {
            lines = [("Reading \(state.sourceName) …", .text)]
        } else {
            lines = [
                ("There are no traces in \(state.sourceName).", .textStrong), ("", .text),
                ("Spandrel reads OTLP traces: JSON, JSON lines, protobuf; plain, gzip or zstd.", .text),
                ("Open others with: spandrel FILE-OR-FOLDER…", .text),
            ]
            lines += store.problems.first.prefix(max(0, area.height - 7)).map { ($0.description, .messageError) }
        }
        for (row, line) in lines.prefix(area.height).enumerated() {
            canvas.write(
                TextWidth.clip(line.0, to: area.width - 4), x: 2, y: area.y + min(1, area.height - 1) + row, line.1)
        }
    }
}
