import Cells
import Explorer
import TraceAnalysis
import TraceModel

/// Rewards in groups, the sequences of one group, and the steps of the sequence under the cursor.
enum RewardsView {
    static func draw(_ canvas: inout Canvas, _ state: ExplorerState, _ context: ViewContext, _ layout: ExplorerLayout) {
        let rewards = state.rewards
        drawTitle(&canvas, state, layout.heading)
        if rewards.rowCount == 0 {
            drawEmpty(&canvas, state, layout.list)
        } else if let opened = rewards.opened {
            SequenceRows.draw(&canvas, opened, state, context, layout)
        } else {
            GroupRows.draw(&canvas, state, layout)
        }
        SequenceView.draw(&canvas, state, layout)
    }

    private static func drawTitle(_ canvas: inout Canvas, _ state: ExplorerState, _ heading: Rectangle) {
        guard heading.height > 1 else { return }
        let rewards = state.rewards
        var x = heading.x + 1
        x += canvas.write("Rewards", x: x, y: heading.y, .textStrong)
        let by = rewards.opened.map { " · \(rewards.grouping.name) \($0.name)" } ?? " · by \(rewards.grouping.name)"
        let figures = figures(state)
        let room = heading.width - x - 3
        let left = room - TextWidth.columns(of: figures)
        x += canvas.write(TextWidth.clip(by, to: max(12, left)), x: x, y: heading.y, .text, limit: room)
        if let weights = rewards.weights {
            let text = " what if \(weights) "
            let place = heading.width - 3 - TextWidth.columns(of: figures)
            x += 1
            canvas.write(TextWidth.clip(text, to: max(0, place - x)), x: x, y: heading.y, .badge)
        }
        canvas.write(figures, endingAt: heading.width - 1, y: heading.y, .textDim, limit: heading.width - x - 2)
    }

    private static func figures(_ state: ExplorerState) -> String {
        let rewards = state.rewards
        if rewards.opened != nil, rewards.cursor < rewards.series.count {
            let group = rewards.series[rewards.cursor]
            return "mean \(Figures.reward(group.mean)) · \(Figures.grouped(group.count)) sequences"
        }
        guard let mean = rewards.series.mean else { return "" }
        let all = Figures.grouped(state.traces.table.count)
        return "mean \(Figures.reward(mean)) · \(Figures.grouped(rewards.ledger.traces)) of \(all) traces judged"
    }

    private static func drawEmpty(_ canvas: inout Canvas, _ state: ExplorerState, _ area: Rectangle) {
        let text =
            if !state.rewards.isKnown {
                "Gathering rewards …"
            } else if state.traces.filter != nil, !state.rewards.ledger.entries.isEmpty {
                "No judged trace is as the filter wants it; & changes it."
            } else {
                "Nothing is judged yet: a approves and x rejects, in the list and in a tree."
            }
        canvas.write(text, x: 2, y: area.y, .textDim, limit: area.width - 3)
    }
}

/// How all rows of rewards write them.
enum RewardText {
    static func role(ofTrend trend: Double?) -> Role {
        guard let trend else { return .textDim }
        return Figures.isSteady(trend) ? .rewardMiddle : trend > 0 ? .rewardHigh : .rewardLow
    }

    static func value(_ value: Double?) -> String { value.map { Figures.reward($0) } ?? "·" }
}
