import Cells
import TraceAnalysis

extension Explorer {
    static func scrollReview(by rows: Int, _ state: inout ExplorerState) {
        guard let item = state.reviewItem else { return }
        if state.review.isUnfolded {
            state.review.textTop += rows
        } else {
            state.review.move(toStep: state.review.step + rows, of: item)
        }
    }

    static func pointInReview(_ position: Position, _ state: inout ExplorerState) {
        guard let item = state.reviewItem, let steps = state.reviewLayout?.steps, steps.contains(position) else {
            return
        }
        let step = state.review.stepTop + position.y - steps.y
        guard item.digest.steps.indices.contains(step) else { return }
        state.review.focus = .steps
        state.review.move(toStep: step, of: item)
    }
}
