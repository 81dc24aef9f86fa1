import Cells
import Explorer
import TraceAnalysis

/// The steps of a sequence: what each was judged, what it comes to, and what it would come to.
enum SequenceView {
    private static let labelWidth = 8
    private static let tryWidth = 17

    static func draw(_ canvas: inout Canvas, _ state: ExplorerState, _ layout: ExplorerLayout) {
        let area = layout.pane
        guard !area.isEmpty, state.rewards.panel.key != nil else { return }
        drawRule(&canvas, state, layout.paneHeading)
        let panel = state.rewards.panel
        guard let sequence = state.rewards.sequence, !sequence.steps.isEmpty else {
            canvas.write(
                panel.failure ?? "reading its steps …", x: 2, y: area.y, .textDim, limit: area.width - 3)
            return
        }
        let rewards = state.rewards.stepRewards
        let right = area.width >= 60 ? tryWidth : 0
        drawSteps(&canvas, sequence, rewards, panel.step, area, room: area.width - labelWidth - right - 1)
        drawWhole(&canvas, rewards, area, room: area.width - labelWidth - right - 1)
        if right > 0 { drawTry(&canvas, state, x: area.width - right, area) }
    }

    private static func drawRule(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        canvas.fill(area, .rule, with: "─")
        guard let key = state.rewards.panel.key else { return }
        let sequence = state.rewards.sequence
        var figures = ""
        if let sequence, !sequence.steps.isEmpty {
            let judged = sequence.steps.count { $0.own != nil }
            let total = RewardSequence.total(state.rewards.stepRewards)
            figures =
                " \(Figures.grouped(judged)) of \(Figures.grouped(sequence.steps.count)) steps judged"
                + " · worth \(RewardText.value(state.rewards.worth)) · mean \(RewardText.value(total)) "
        }
        let room = area.width - 4 - TextWidth.columns(of: figures)
        let title = TextWidth.clip("sequence \(sequence?.id ?? key.traceName)", to: max(8, room - 4))
        canvas.write(" \(title) ", x: 1, y: area.y, .header, limit: area.width - 2)
        canvas.write(figures, endingAt: area.width - 1, y: area.y, .text, limit: max(0, area.width - 4 - title.count))
    }

    private static func drawSteps(
        _ canvas: inout Canvas, _ sequence: RewardSequence, _ rewards: [Double?], _ cursor: Int?, _ area: Rectangle,
        room: Int
    ) {
        for (row, word) in ["step", "own", "total"].enumerated() {
            canvas.write(word, x: 2, y: area.y + row, .textDim)
        }
        let widest = sequence.steps.prefix(200).map { TextWidth.columns(of: $0.label) }.max() ?? 0
        let width = max(8, min(widest + 4, 18))
        let fitting = max(1, room / width)
        let first = max(0, min((cursor ?? 0) - fitting / 2, sequence.steps.count - fitting))
        for (column, place) in (first..<min(first + fitting, sequence.steps.count)).enumerated() {
            let step = sequence.steps[place]
            let x = labelWidth + column * width
            let label = TextWidth.clip("\(place + 1) \(step.label)", to: width - 1)
            canvas.write(label, x: x, y: area.y, step.weight.hasFailed ? .spanError : .spanName)
            let own = (step.weight.hasFailed ? "✗ " : "") + RewardText.value(step.own)
            canvas.write(own, x: x, y: area.y + 1, RewardRoles.role(of: step.own), limit: width - 1)
            let reward = rewards[place]
            let total = RewardText.value(reward) + " " + Sparkline.rewards([reward])
            canvas.write(total, x: x, y: area.y + 2, RewardRoles.role(of: reward), limit: width - 1)
            if place == cursor {
                canvas.lay(.cursorIdle, over: Rectangle(x: x, y: area.y, width: width - 1, height: 3))
            }
        }
    }

    /// All steps on one line; of more than fit, the mean of those that share a column.
    private static func drawWhole(_ canvas: inout Canvas, _ rewards: [Double?], _ area: Rectangle, room: Int) {
        canvas.write("all", x: 2, y: area.y + 3, .textDim)
        let share = (rewards.count + room - 1) / max(1, room)
        let bars = stride(from: 0, to: rewards.count, by: max(1, share)).map { first in
            RewardSequence.total(Array(rewards[first..<min(first + share, rewards.count)]))
        }
        RewardBars.draw(&canvas, bars, x: labelWidth, y: area.y + 3)
    }

    private static func drawTry(_ canvas: inout Canvas, _ state: ExplorerState, x: Int, _ area: Rectangle) {
        if state.rewards.weights != nil {
            canvas.write("what if", x: x, y: area.y, .badge, limit: tryWidth)
            canvas.write("▸ other weights", x: x, y: area.y + 1, .textStrong, limit: tryWidth)
            canvas.write("w write Esc drop", x: x, y: area.y + 3, .hint, limit: tryWidth)
            return
        }
        guard let attempt = state.rewards.whatIf else {
            canvas.write("what if? t", x: x, y: area.y, .hint, limit: tryWidth)
            return
        }
        let propagation = attempt.propagation
        canvas.write("what if", x: x, y: area.y, .badge, limit: tryWidth)
        canvas.write("▸ \(propagation.strategy.rawValue)", x: x, y: area.y + 1, .textStrong, limit: tryWidth)
        if propagation.strategy == .discounted {
            canvas.write("γ \(Figures.reward(propagation.gamma))", x: x, y: area.y + 2, .text, limit: tryWidth)
        }
        let what = attempt.isBeingWritten ? "writing …" : "w write Esc drop"
        canvas.write(what, x: x, y: area.y + 3, .hint, limit: tryWidth)
    }
}
