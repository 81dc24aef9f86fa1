import TraceAnalysis
import TraceModel
import TraceStore

extension Explorer {
    /// A key moves gamma by so much.
    private static let gammaStep = 0.05

    /// Commands that try another way of handing down, and write or drop it.
    static func performWhatIf(
        _ id: Command.ID, count: Int, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        switch id {
        case .strategy:
            guard isReady(&state) else { return }
            if state.rewards.whatIf == nil {
                state.rewards.attempt { _ in }
            } else {
                for _ in 0..<min(count, 100) { state.rewards.attempt { $0.propagation = $0.propagation.next } }
            }
            sayWorth(&state)
        case .grow, .shrink:
            guard isReady(&state) else { return }
            state.rewards.attempt { attempt in
                attempt.propagation.strategy = .discounted
                let moved = attempt.propagation.gamma + Self.gammaStep * Double(id == .grow ? count : -count)
                attempt.propagation.gamma = max(0, min(1, (moved * 100).rounded() / 100))
            }
            sayWorth(&state)
        case .write: writeWhatIf(&state, &effects)
        default: break
        }
    }

    /// Tries another worth of the sequence under the cursor.
    static func tryWorth(_ worth: Double, _ propagation: Propagation?, _ state: inout ExplorerState) {
        guard isReady(&state) else { return }
        state.rewards.attempt { attempt in
            attempt.worth = worth
            if let propagation { attempt.propagation = propagation }
        }
        state.say("\(Figures.reward(worth)) is only tried; w writes it, Esc drops it")
    }

    private static func isReady(_ state: inout ExplorerState) -> Bool {
        if state.rewards.panel.sequence?.steps.isEmpty == false { return true }
        state.say(state.rewards.panel.failure ?? "there is no sequence here", isError: true)
        return false
    }

    private static func sayWorth(_ state: inout ExplorerState) {
        if state.rewards.worth == nil { state.say("the sequence is worth nothing yet: a, x or r says what") }
    }

    static func writeWhatIf(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard state.rewards.whatIf != nil else { return state.say("nothing is tried yet; t tries a strategy") }
        guard state.rewards.whatIf?.isBeingWritten == false else { return }
        guard let key = state.rewards.panel.key, let handDown = state.rewards.handDown else {
            return sayWorth(&state)
        }
        state.rewards.whatIf?.isBeingWritten = true
        effects.append(.judge([JudgementRequest(trace: key.trace, decision: .handDown(handDown))]))
    }
}
