import TraceModel
import TraceStore

extension Explorer {
    /// Asks for a judgement of what the cursor is on: a trace in the list, a span in its tree.
    static func judge(
        _ decision: JudgementRequest.Decision, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        if decision == .undo || decision == .redo || decision == .retry {
            effects.append(.judge(JudgementRequest(trace: TraceID(high: 0, low: 0), decision: decision)))
        } else if state.view == .live {
            guard let entry = state.live.selected else { return state.say("there is nothing to judge here") }
            effects.append(.judge(JudgementRequest(trace: entry.trace, span: entry.ref, decision: decision)))
        } else if state.isTreeInFront, let tree = state.trees.last {
            guard let span = tree.selectedRef else { return state.say("a group is judged span by span; l opens it") }
            effects.append(.judge(JudgementRequest(trace: tree.trace, span: span, decision: decision)))
        } else if let selected = state.traces.selected {
            effects.append(.judge(JudgementRequest(trace: state.traces.table.ids[selected], decision: decision)))
        } else {
            state.say("there is nothing to judge here")
        }
    }

    /// Judges by a number that was typed.
    static func grade(_ argument: String?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard let argument, let value = Double(argument), (0...1).contains(value) else {
            state.message = .init(text: "a reward is a number from 0 to 1: :reward 0.8", isError: true)
            return
        }
        judge(.grade(value), &state, &effects)
    }

    /// Shows what is not where it belongs yet, or tries at once to bring it there.
    static func showPending(
        _ argument: String?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        switch argument {
        case nil: state.overlay = Overlay(.pending)
        case "retry": judge(.retry, &state, &effects)
        default: state.say(":pending shows what is not where it belongs yet, :pending retry tries again", isError: true)
        }
    }

    /// Shows what a judgement came to.
    static func take(_ outcome: JudgementOutcome, _ state: inout ExplorerState) {
        if let position = state.traces.table.ids.firstIndex(of: outcome.trace) {
            state.traces.setReward(outcome.traceReward, at: position)
        }
        for index in state.trees.indices where state.trees[index].trace == outcome.trace {
            state.trees[index].setReward(outcome.spanReward, of: outcome.span)
        }
        if let pending = outcome.pending {
            state.traces.store.pending = pending
            state.held?.pending = pending
        }
        state.message = .init(text: outcome.text, isError: false)
    }
}
