import Cells
import Explorer
import TraceAnalysis
import TraceModel
import TraceStore

/// The lines around every view: where one is, what views there are, what to press.
enum FrameView {
    static func drawBar(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        guard !area.isEmpty else { return }
        canvas.fill(area, .bar)
        var x = area.x + 1
        x += canvas.write("spandrel", x: x, y: area.y, .barStrong)
        let progress = state.traces.store.progress
        let amounts =
            " · \(Self.amount(progress.spans, "span")) in \(Self.amount(state.traces.table.count, "trace"))"
        let status = Self.status(state)
        let room = area.width - x - TextWidth.columns(of: status) - 2
        x += canvas.write(" ─ ", x: x, y: area.y, .bar, limit: room)
        let nameRoom = max(8, room - amounts.utf8.count - 2)
        x += canvas.write(TextWidth.clip(state.sourceName, to: nameRoom), x: x, y: area.y, .barStrong, limit: room - 3)
        let left = area.width - x - TextWidth.columns(of: status) - 2
        canvas.write(TextWidth.clip(amounts, to: left), x: x, y: area.y, .bar, limit: left)
        let isBad = state.traces.store.problems.count > 0 || state.traces.store.pending.count > 0
        canvas.write(
            status, endingAt: area.width - 1, y: area.y, isBad && progress.isFinished ? .badge : .bar,
            limit: area.width / 2)
        drawProgress(&canvas, progress, area)
    }

    /// While reading, the bar itself fills up.
    private static func drawProgress(_ canvas: inout Canvas, _ progress: ReadProgress, _ area: Rectangle) {
        guard !progress.isFinished, let total = progress.bytesTotal, total > 0 else { return }
        let share = min(1, Double(progress.bytesRead) / Double(total))
        canvas.lay(.progress, over: Rectangle(x: 0, y: area.y, width: Int(Double(area.width) * share), height: 1))
    }

    private static func status(_ state: ExplorerState) -> String {
        let progress = state.traces.store.progress
        let problems = state.traces.store.problems.count
        let pending = state.traces.store.pending.count
        let trouble =
            (pending == 0 ? "" : "\(PendingSign.text)\(Figures.grouped(pending)) pending ")
            + (problems == 0 ? "" : "⚠ \(Figures.grouped(problems)) ! ")
        if progress.isCancelled { return trouble + "stopped at " + Figures.bytes(progress.bytesRead) }
        if state.isPaused {
            let news = (state.held?.progress.spans ?? progress.spans) - progress.spans
            return trouble + "‖ paused" + (news > 0 ? " · \(Figures.grouped(news)) new" : "")
        }
        guard !progress.isFinished else { return trouble + (state.isFollowing ? "● following" : "") }
        var text = "reading " + Figures.bytes(progress.bytesRead)
        if let total = progress.bytesTotal, total > 0 {
            text =
                "reading \(Int(100 * min(1, Double(progress.bytesRead) / Double(total))))% of " + Figures.bytes(total)
        }
        if progress.bytesPerSecond > 0 {
            text += " at " + Figures.bytes(UInt64(progress.bytesPerSecond)) + "/s"
            if let total = progress.bytesTotal, total > progress.bytesRead {
                let left = Double(total - progress.bytesRead) / progress.bytesPerSecond
                text += ", " + Figures.duration(Int64(left * 1e9)) + " left"
            }
        }
        return trouble + text
    }

    static func drawTabs(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        guard !area.isEmpty else { return }
        var x = area.x + 1
        for view in View.allCases {
            let role: Role = view == state.view ? .tabSelected : .tab
            x += canvas.write("\(view.number) \(view.rawValue)", x: x, y: area.y, role) + 2
        }
        let filter = Explorer.filterText(state)
        guard let needle = state.search.needle else {
            if !filter.isEmpty, !state.isTreeInFront, state.view != .review {
                canvas.write("& \(filter)", endingAt: area.width - 1, y: area.y, .badge, limit: area.width - x - 2)
            }
            return
        }
        let count = Figures.grouped(Explorer.matchCount(state))
        let text = "/\(needle.text) · \(count)\(state.search.isRunning ? " so far" : "")"
        canvas.write(text, endingAt: area.width - 1, y: area.y, .badge, limit: area.width - x - 2)
    }

    static func drawFoot(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        if let prompt = state.prompt {
            drawPrompt(&canvas, prompt, state, area)
        } else if state.view == .review, let question = ReviewHints.question(state.review), state.overlay == nil {
            canvas.write(" " + TextWidth.clip(question, to: area.width - 2), x: 0, y: area.y, .message)
        } else if let message = state.message {
            canvas.write(
                " " + TextWidth.clip(message.text, to: area.width - 2), x: 0, y: area.y,
                message.isError ? .messageError : .message)
        } else if let bulk = state.bulk {
            canvas.write(" " + TextWidth.clip(bulk.question, to: area.width - 2), x: 0, y: area.y, .badge)
        } else if state.pending.command != nil || !state.pending.digits.isEmpty {
            canvas.write(" " + pendingText(state), x: 0, y: area.y, .message, limit: area.width)
        } else {
            drawHints(&canvas, state, area)
        }
    }

    private static func pendingText(_ state: ExplorerState) -> String {
        switch state.pending.command {
        case .mark: "mark with which letter?"
        case .jump: "jump to which mark?"
        case .copy: "copy: i id  t trace id  n name  v value  j JSON  l line"
        default: state.pending.digits
        }
    }

    private static func drawPrompt(
        _ canvas: inout Canvas, _ prompt: PromptState, _ state: ExplorerState, _ area: Rectangle
    ) {
        canvas.fill(area, .prompt)
        let sign = TextWidth.columns(of: prompt.sign)
        let room = max(1, area.width - sign - 1)
        let before = TextWidth.columns(of: String(prompt.text[..<prompt.caret]))
        // Of a long line, the part around the caret.
        var hidden = 0
        var skipped = 0
        while before - skipped >= room, hidden < prompt.caret {
            skipped += TextWidth.columns(of: String(prompt.text[hidden]))
            hidden += 1
        }
        canvas.write(prompt.sign, x: 0, y: area.y, .prompt)
        canvas.write(String(prompt.text[hidden...]), x: sign, y: area.y, .prompt, limit: room)
        canvas.screen.cursor = Position(x: sign + before - skipped, y: area.y)
        if let preview = state.preview {
            let left = area.width - sign - 2 - TextWidth.columns(of: prompt.string)
            canvas.write(preview, endingAt: area.width - 1, y: area.y, .textDim, limit: max(0, left))
        }
        if prompt.completions.count > 1 {
            let rest = prompt.completions[(prompt.completion + 1)...].joined(separator: "  ")
            let x = sign + 2 + TextWidth.columns(of: prompt.string)
            canvas.write(TextWidth.clip(rest, to: area.width - x), x: x, y: area.y, .textDim)
        }
    }

    private static func drawHints(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        let place = placeText(state)
        let room = area.width - TextWidth.columns(of: place) - 3
        var x = 1
        for (key, text) in hints(state) {
            let width = TextWidth.columns(of: key) + 1 + TextWidth.columns(of: text)
            guard x + width <= room else { continue }
            canvas.write(key, x: x, y: area.y, .hintKey)
            canvas.write(text, x: x + TextWidth.columns(of: key) + 1, y: area.y, .hint)
            x += width + 2
        }
        canvas.write(place, endingAt: area.width - 1, y: area.y, .hint, limit: area.width)
    }

    private static func placeText(_ state: ExplorerState) -> String {
        if state.view == .graph {
            let count = state.graph?.drawing?.scene.nodes.count ?? 0
            return state.graph?.place.map { "\($0 + 1) of \(Figures.grouped(count))" } ?? ""
        }
        if state.view == .review { return "" }
        if state.view == .live {
            let count = state.live.rows.count
            return count == 0 ? "" : "\(Figures.grouped(state.live.cursor + 1)) of \(Figures.grouped(count))"
        }
        if state.view == .rewards {
            let count = state.rewards.rowCount
            return count == 0 ? "" : "\(Figures.grouped(state.rewards.cursorRow + 1)) of \(Figures.grouped(count))"
        }
        guard let tree = state.tree else {
            let count = state.traces.order.count
            return count == 0 ? "" : "\(Figures.grouped(state.traces.cursor + 1)) of \(Figures.grouped(count))"
        }
        let outline = tree.focus == .span ? tree.pane.outline : tree.outline
        let count = outline.visible.count
        return count == 0 ? "" : "\(Figures.grouped(outline.cursor + 1)) of \(Figures.grouped(count))"
    }

    private static func hints(_ state: ExplorerState) -> [(String, String)] {
        if let writing = state.writing {
            return [(writing.isLeaving ? "Esc" : "Ctrl-D", writing.isLeaving ? "again keeps it" : "keeps it")]
                + [("Ctrl-E", "your editor"), ("Ctrl-C", "lets it be")]
        }
        if state.overlay != nil { return [("j/k", "scroll"), ("any other key", "closes")] }
        switch state.scope {
        case .traces:
            return [
                ("?", "help"), ("j/k", "move"), ("Enter", "open"), ("/", "search"), ("&", "filter"), ("</>", "sort"),
                ("q", "quit"),
            ]
        case .tree:
            return [
                ("?", "help"), ("l/h", "open/close"), ("Tab", "span"), ("e", "error"), ("s", "slowest"),
                ("/", "search"),
                ("z", "zoom"), ("q", "back"),
            ]
        case .graph:
            if state.graph?.moment != nil {
                return [
                    ("<", "back"), (">", "forwards"), ("p", "play"), ("+/-", "pace"), ("g/G", "first/last"),
                    ("t", "now"),
                ]
            }
            return [
                ("?", "help"), ("hjkl", "move"), ("Enter", "spans"), ("f", "fold"), ("o", "inside"), ("z/Z", "zoom"),
                ("t", "time"), ("e", "failed"), ("w", "waiting"), ("q", "back"),
            ]
        case .review: return ReviewHints.hints(state)
        case .rewards where state.rewards.whatIf != nil:
            return [
                ("?", "help"), ("t", "next strategy"), ("+/-", "gamma"), ("r", "worth"), ("w", "write"),
                ("Esc", "drop"),
            ]
        case .rewards where state.rewards.weights != nil:
            return [("?", "help"), ("W", "other weights"), ("w", "write"), ("Esc", "drop"), ("q", "back")]
        case .rewards:
            return [
                ("?", "help"), ("Enter", state.rewards.opened == nil ? "open" : "trace"), ("b", "group"),
                ("t", "what if"), ("W", "weights"), ("{ }", "step"), ("&", "filter"), ("/", "search"), ("q", "back"),
            ]
        case .live:
            return [
                ("?", "help"), ("Enter", "open"), ("=", state.isPaused ? "go on" : "pause"), ("G", "newest"),
                ("e", "error"),
                ("/", "search"), ("&", "filter"), ("q", "back"),
            ]
        case .span:
            return [
                ("?", "help"), ("l/h", "unfold/fold"), ("</>", "tab"), ("Tab", "tree"), ("O", "maximise"),
                ("y", "copy"),
                ("/", "search"), ("q", "back"),
            ]
        }
    }

    private static func amount(_ number: Int, _ noun: String) -> String {
        "\(Figures.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }
}
