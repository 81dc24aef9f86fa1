import Cells
import Explorer
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

/// A queue, an item at a time: what was wanted, what came of it, what went wrong, and the steps with their verdicts.
enum ReviewView {
    static func draw(_ canvas: inout Canvas, _ state: ExplorerState, _ layout: ExplorerLayout) {
        drawHeading(&canvas, state, layout.heading)
        guard let item = state.reviewItem, let parts = state.reviewLayout else {
            drawNote(&canvas, note(state), layout.list)
            return
        }
        if state.review.isUnfolded {
            drawUnfolded(&canvas, item, state, parts.outcome)
        } else {
            drawRule(&canvas, "goal", verdict(of: item, state), parts.goalRule)
            drawText(&canvas, item.digest.goal, .textStrong, parts.goal)
            drawRule(&canvas, "outcome", figures(of: item, state), parts.outcomeRule)
            for (row, failure) in item.digest.failures.prefix(parts.failures.height).enumerated() {
                let isCut = row == parts.failures.height - 1 && item.digest.failures.count > parts.failures.height
                let text = isCut ? "… \(item.digest.failures.count - row) more failures; o shows all" : "✗ \(failure)"
                canvas.write(
                    TextWidth.clip(text, to: parts.failures.width - 4), x: 2, y: parts.failures.y + row, .spanError)
            }
            drawText(
                &canvas, item.digest.outcome.isEmpty ? "It says of nothing that came of it." : item.digest.outcome,
                item.digest.outcome.isEmpty ? .textDim : .text, parts.outcome)
            let name = state.review.focus == .steps ? "steps, each judged by itself" : "steps"
            let count = item.digest.steps.count
            let place = count > parts.steps.height ? "\(state.review.step + 1) of \(Figures.grouped(count))" : ""
            drawRule(&canvas, name, [(place, .textDim)], parts.stepsRule)
            ReviewSteps(item, state, width: parts.steps.width).draw(&canvas, parts.steps)
        }
        drawLast(&canvas, state.review, parts.last)
    }

    // MARK: Lines

    private static func drawHeading(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        let review = state.review
        canvas.fill(area, .header)
        var right: [String] = []
        if let pace = review.pace.perMinute { right.append("\(tenths(pace))/min") }
        if let median = review.pace.median { right.append(Figures.duration(median)) }
        if review.setup.isBlind { right.append("blind") }
        if !review.rubric.name.isEmpty { right.append(review.rubric.name) }
        if !review.setup.author.isEmpty { right.append(review.setup.author) }
        let shown = right.joined(separator: " · ")
        let place = review.order == nil ? "" : placeText(review)
        let room = area.width - 3 - TextWidth.columns(of: shown)
        let name = review.queue.map { "\u{201C}\($0.name)\u{201D}" } ?? ""
        let width = max(6, room - TextWidth.columns(of: place) - 3)
        let left = TextWidth.clip(name, to: width) + (place.isEmpty ? "" : " · \(place)")
        canvas.write(TextWidth.clip(left, to: area.width - 2), x: 1, y: area.y, .header)
        if TextWidth.columns(of: left) + 2 <= room {
            canvas.write(shown, endingAt: area.width - 1, y: area.y, .header, limit: area.width)
        }
    }

    private static func placeText(_ review: ReviewState) -> String {
        let total = Figures.grouped(review.total)
        let decided = review.decided > 0 ? " · \(Figures.grouped(review.decided)) decided" : ""
        guard review.place != nil else { return "\(total) in it\(decided)" }
        return "\(Figures.grouped(review.doneBefore + review.cursor + 1)) of \(total)\(decided)"
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((min(number, 99_999) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// A rule with a name in it, and pieces at its right end.
    private static func drawRule(
        _ canvas: inout Canvas, _ name: String, _ pieces: [(text: String, role: Role)], _ area: Rectangle
    ) {
        guard !area.isEmpty else { return }
        canvas.fill(area, .rule, with: "─")
        canvas.write(" \(name) ", x: area.x + 2, y: area.y, .header, limit: area.width - 3)
        let pieces = pieces.filter { !$0.text.isEmpty }
        let width = pieces.reduce(0) { $0 + TextWidth.columns(of: $1.text) + 1 } + 1
        guard width > 1, width + name.utf8.count + 6 < area.width else { return }
        var x = area.width - width - 1
        canvas.write(" ", x: x, y: area.y, .text)
        x += 1
        for piece in pieces {
            x += canvas.write(piece.text, x: x, y: area.y, piece.role)
            x += canvas.write(" ", x: x, y: area.y, .text)
        }
    }

    private static func drawText(_ canvas: inout Canvas, _ text: String, _ role: Role, _ area: Rectangle) {
        guard !area.isEmpty else { return }
        let lines = ReviewLayout.lines(text, area.width)
        for (row, line) in lines.prefix(area.height).enumerated() {
            canvas.write(line, x: 2, y: area.y + row, role, limit: area.width - 3)
        }
        guard lines.count > area.height else { return }
        let more = " … \(Figures.grouped(lines.count - area.height)) more lines; o "
        canvas.write(more, endingAt: area.width - 1, y: area.y + area.height - 1, .textDim, limit: area.width / 2)
    }

    private static func drawUnfolded(
        _ canvas: inout Canvas, _ item: ReviewItem, _ state: ExplorerState, _ area: Rectangle
    ) {
        let lines = ReviewLayout.unfolded(item, area.width)
        for (row, line) in lines.dropFirst(state.review.textTop).prefix(area.height).enumerated() {
            let isHeading = ["Goal", "Failures", "Outcome"].contains(line)
            canvas.write(
                line, x: isHeading ? 1 : 2, y: area.y + row, isHeading ? .helpTitle : .text, limit: area.width - 3)
        }
        let rest = lines.count - state.review.textTop - area.height
        if rest > 0 { canvas.write("\(rest) more ↓", endingAt: area.width - 1, y: area.y, .textDim, limit: 20) }
    }

    private static func drawLast(_ canvas: inout Canvas, _ review: ReviewState, _ area: Rectangle) {
        guard !area.isEmpty else { return }
        canvas.fill(area, .rule, with: "─")
        guard !review.decisions.isEmpty else { return }
        var x = area.x + 2
        x += canvas.write(" last:", x: x, y: area.y, .textDim)
        for decision in review.decisions.suffix(10).reversed() {
            let place = review.order?.firstIndex(of: decision.position).map { review.doneBefore + $0 + 1 }
            let text = " \(ReviewSigns.sign(of: decision.mark)) \(place.map { Figures.grouped($0) } ?? "")"
            guard x + TextWidth.columns(of: text) + 2 < area.width else { break }
            x += canvas.write(text, x: x, y: area.y, ReviewSigns.role(of: decision.mark))
        }
        canvas.write(" ", x: x, y: area.y, .text)
    }

    // MARK: What there is to say

    /// What was judged of the whole: by the person, else, where that may be seen, by others.
    private static func verdict(of item: ReviewItem, _ state: ExplorerState) -> [(text: String, role: Role)] {
        let own = item.own(nil, by: state.review.setup.author)
        var pieces: [(text: String, role: Role)] = []
        if let mark = ReviewMark(own) {
            pieces.append(("\(ReviewSigns.sign(of: mark)) \(ReviewSigns.word(of: mark))", ReviewSigns.role(of: mark)))
        } else if !state.review.setup.isBlind {
            if let other = item.effective(nil), let mark = ReviewMark(other) {
                pieces.append(
                    (
                        "\(ReviewSigns.sign(of: mark)) \(ReviewSigns.word(of: mark)) by \(other.author)",
                        ReviewSigns.role(of: mark)
                    ))
            } else if let place = state.review.place {
                let reward = state.traces.table.rewards[Int(place)]
                if !reward.isNaN {
                    pieces.append((Figures.reward(Double(reward)), RewardRoles.role(of: Double(reward))))
                }
            }
        }
        for label in own?.labels ?? [] { pieces.append(("⚑\(label)", .badge)) }
        if own?.rationale.isEmpty == false { pieces.append(("c", .badge)) }
        if own?.correction != nil { pieces.append(("i", .badge)) }
        return pieces
    }

    private static func figures(of item: ReviewItem, _ state: ExplorerState) -> [(text: String, role: Role)] {
        guard let place = state.review.place else { return [] }
        let trace = state.traces.table[Int(place)]
        var pieces: [(text: String, role: Role)] = []
        if trace.errors > 0 { pieces.append(("✗\(trace.errors)", .spanError)) }
        pieces.append(("\(Figures.grouped(item.table.count)) spans", .textDim))
        pieces.append((Figures.duration(trace.duration), .spanTime))
        if let cost = trace.cost { pieces.append(("$\(Figures.dollars(cost))", .textDim)) }
        return pieces
    }

    private static func drawNote(_ canvas: inout Canvas, _ lines: [String], _ area: Rectangle) {
        for (row, line) in lines.flatMap({ TextWidth.wrap($0, to: max(10, area.width - 4)) }).prefix(area.height)
            .enumerated()
        {
            canvas.write(line, x: 2, y: area.y + row, row == 0 ? .text : .textDim, limit: area.width - 3)
        }
    }

    /// What stands there where there is no item.
    private static func note(_ state: ExplorerState) -> [String] {
        let review = state.review
        guard let order = review.order else {
            let isReading = !state.traces.store.progress.isFinished
            return [isReading ? "The queue is made once everything is read." : "Making the queue …"]
                + (isReading ? ["Esc stops reading, and takes what there is."] : [])
        }
        guard let trace = state.reviewTrace else {
            if order.isEmpty, review.doneBefore > 0 {
                return [
                    "All \(Figures.grouped(review.doneBefore)) of this queue are decided.",
                    "u takes the last one back.",
                ]
            }
            if order.isEmpty { return ["No trace is as the queue wants it.", "& makes another queue, q goes back."] }
            let open = order.count - review.marks.count
            return [
                "This was the last one. \(Figures.grouped(review.decided)) of \(Figures.grouped(review.total)) are decided.",
                open > 0
                    ? "\(Figures.grouped(open)) were passed over without deciding; g goes to the first of them."
                    : "b goes back, u takes the last one back, & makes another queue.",
            ]
        }
        if case .failed(let problem)? = review.items[trace] { return [problem, "Space goes on."] }
        return ["Reading …"]
    }
}
