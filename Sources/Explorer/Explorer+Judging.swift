import TraceAnalysis
import TraceModel
import TraceStore

extension Explorer {
    /// Asks for a judgement of what the cursor is on: a trace in the list, a span in its tree.
    static func judge(
        _ decision: JudgementRequest.Decision, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        switch decision {
        case .approve where state.view == .review: decide(.approve, .approved, &state, &effects)
        case .reject where state.view == .review: decide(.reject, .rejected, &state, &effects)
        case .grade(let value) where state.view == .review: decide(decision, .graded(value), &state, &effects)
        case .undo where state.view == .review: undoInReview(&state, &effects)
        case .approve where state.view == .rewards: tryWorth(1, nil, &state)
        case .reject where state.view == .rewards: tryWorth(0, nil, &state)
        case .undo, .redo, .retry:
            judge(JudgementRequest(trace: TraceID(high: 0, low: 0), decision: decision), &state, &effects)
        default:
            if judgeSelection(decision, nil, &state, &effects) { return }
            guard let request = request(decision, &state) else { return }
            judge(request, &state, &effects)
        }
    }

    /// A judgement of what the cursor is on. Says why there is none.
    static func request(
        _ decision: JudgementRequest.Decision, _ state: inout ExplorerState
    ) -> JudgementRequest? {
        if state.view == .review { return reviewRequest(decision, &state) }
        if state.view == .graph {
            if let trace = state.graph?.trace, let span = state.graph?.node?.ref {
                return JudgementRequest(trace: trace, span: span, decision: decision)
            }
        } else if state.view == .live {
            if let entry = state.live.selected {
                return JudgementRequest(trace: entry.trace, span: entry.ref, decision: decision)
            }
        } else if state.isTreeInFront, let tree = state.trees.last {
            if let span = tree.selectedRef {
                return JudgementRequest(trace: tree.trace, span: span, decision: decision)
            }
            state.say("a group is judged span by span; l opens it")
            return nil
        } else if let selected = state.traces.selected {
            return JudgementRequest(trace: state.traces.table.ids[selected], decision: decision)
        }
        state.say("there is nothing to judge here")
        return nil
    }

    /// Judges by what was typed: a number, and perhaps what it is of, labels and why.
    static func grade(_ argument: String?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let words: RewardWords
        do throws(RewardWords.Mistake) {
            words = try RewardWords(argument ?? "")
        } catch {
            return state.say(error.text, isError: true)
        }
        switch state.view {
        case .rewards: tryWorth(words.value, words.propagation, &state)
        case .review where words.scope == .sequence:
            state.say("in a review the trace is judged; 4 hands down to the steps of a sequence", isError: true)
        case .review: judge(.grade(words.value), &state, &effects)
        default:
            if judgeSelection(.grade(words.value), words, &state, &effects) { return }
            guard var request = request(.grade(words.value), &state) else { return }
            request.take(words, in: state)
            judge(request, &state, &effects)
        }
    }

    /// Lets a judgement go out, unless nothing may be judged. Whether it did.
    @discardableResult
    static func judge(
        _ request: JudgementRequest, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) -> Bool {
        judge([request], &state, &effects)
    }

    /// All at one stroke.
    @discardableResult
    static func judge(
        _ requests: [JudgementRequest], _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) -> Bool {
        guard !state.review.setup.isReadOnly else {
            state.say("--readonly: nothing can be judged", isError: true)
            return false
        }
        state.review.hasCleared = requests.first?.decision == .clear
        effects.append(.judge(requests))
        return true
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

    /// Shows what judgements of one stroke came to.
    static func take(
        _ outcomes: [JudgementOutcome], _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard let first = outcomes.first else { return }
        state.traces.setRewards(Dictionary(outcomes.map { ($0.trace, $0.traceReward) }, uniquingKeysWith: { $1 }))
        for outcome in outcomes { show(outcome, &state) }
        if let pending = outcomes.lazy.compactMap(\.pending).last {
            state.traces.store.pending = pending
            state.held?.pending = pending
        }
        state.message = .init(text: first.text, isError: false)
        reviewTake(first, &state)
        refreshRewards(after: outcomes, &state, &effects)
    }

    private static func show(_ outcome: JudgementOutcome, _ state: inout ExplorerState) {
        for index in state.trees.indices where state.trees[index].trace == outcome.trace {
            state.trees[index].setReward(outcome.spanReward, of: outcome.span)
        }
        if state.graph?.trace == outcome.trace { state.graph?.setReward(outcome.spanReward, of: outcome.span) }
    }
}
