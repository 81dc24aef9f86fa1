import Cells
import Explorer
import TraceAnalysis
import TraceModel

/// The steps of an item, a row each: number, name, verdict, and what came out.
struct ReviewSteps {
    private let item: ReviewItem
    private let state: ExplorerState
    private let width: Int
    private let numberWidth: Int
    private let labelWidth: Int

    init(_ item: ReviewItem, _ state: ExplorerState, width: Int) {
        self.item = item
        self.state = state
        self.width = width
        numberWidth = "\(item.digest.steps.count)".utf8.count
        let longest = item.digest.steps.prefix(200).map { TextWidth.columns(of: $0.label) }.max() ?? 0
        labelWidth = max(6, min(longest, width / 3))
    }

    func draw(_ canvas: inout Canvas, _ area: Rectangle) {
        for row in 0..<area.height {
            let index = state.review.stepTop + row
            guard item.digest.steps.indices.contains(index) else { return }
            draw(&canvas, index, y: area.y + row)
            guard index == state.review.step else { continue }
            let line = Rectangle(x: 0, y: area.y + row, width: area.width, height: 1)
            canvas.write("▌", x: 0, y: line.y, state.review.focus == .steps ? .cursor : .textDim)
            canvas.lay(state.review.focus == .steps ? .cursor : .cursorIdle, over: line)
        }
    }

    private func draw(_ canvas: inout Canvas, _ index: Int, y: Int) {
        let step = item.digest.steps[index]
        let traits = item.table.traits[step.span]
        let hasFailed = traits.status == .error
        canvas.write("\(index + 1)", endingAt: 2 + numberWidth, y: y, .textDim, limit: numberWidth)
        var x = 3 + numberWidth
        let role = hasFailed ? Role.spanError : SpanRoles.role(of: traits.category)
        // A source that numbers its steps as they stand here says the number once.
        let label = step.label.hasPrefix("\(index + 1) ") ? step.label.drop { $0 != " " }.dropFirst() : step.label[...]
        canvas.write(TextWidth.clip(label, to: labelWidth), x: x, y: y, role)
        x += labelWidth + 1
        x += drawVerdict(&canvas, step, x: x, y: y) + 1
        if hasFailed { x += canvas.write("✗ ", x: x, y: y, .spanError) }
        if traits.isRunning { x += canvas.write("◌ ", x: x, y: y, .spanRunning) }
        let words = words(step)
        let room = width - x - 1 - (words.isEmpty ? 0 : min(TextWidth.columns(of: words), width / 4) + 1)
        canvas.write(TextWidth.clip(step.line, to: max(0, room)), x: x, y: y, hasFailed ? .spanError : .spanDetail)
        canvas.write(words, endingAt: width - 1, y: y, .badge, limit: width / 4)
    }

    private func own(_ step: TraceDigest.Step) -> RewardRecord? {
        item.own(item.table.ids[step.span], by: state.review.setup.author)
    }

    /// In six columns: a sign and a figure. Others' are not shown to who judges blind.
    private func drawVerdict(_ canvas: inout Canvas, _ step: TraceDigest.Step, x: Int, y: Int) -> Int {
        let isBlind = state.review.setup.isBlind
        let record =
            own(step).flatMap { $0.isDecision ? $0 : nil }
            ?? (isBlind ? nil : item.effective(item.table.ids[step.span]))
        if let mark = ReviewMark(record) {
            let role = ReviewSigns.role(of: mark)
            switch mark {
            case .graded(let value): canvas.write("  \(Figures.reward(value))", x: x, y: y, role)
            case .skipped: canvas.write("s", x: x, y: y, role)
            case .approved, .rejected:
                let value = record?.value.map { Figures.reward($0) } ?? ""
                canvas.write("\(ReviewSigns.sign(of: mark)) \(value)", x: x, y: y, role)
            }
        } else if !isBlind, let reward = item.table.rewards[Int32(step.span)] {
            canvas.write("  \(Figures.reward(Double(reward)))", x: x, y: y, RewardRoles.role(of: Double(reward)))
        }
        return 5
    }

    /// Labels and comment of one's own.
    private func words(_ step: TraceDigest.Step) -> String {
        guard let own = own(step) else { return "" }
        let comment = own.rationale.isEmpty ? [] : ["\u{201C}\(own.rationale.replacing("\n", with: " "))\u{201D}"]
        return (own.labels.map { "⚑\($0)" } + (own.correction == nil ? [] : ["i"]) + comment).joined(separator: " ")
    }
}
