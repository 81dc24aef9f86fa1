import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

extension Explorer {
    /// A key moves gamma by so much.
    private static let gammaStep = 0.05

    /// Commands that try another way of handing down, and write or drop it.
    static func performWhatIf(
        _ id: Command.ID, count: Int, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
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
        case .weights: weigh(by: argument, &state)
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
        if state.rewards.weights != nil { return askToReweigh(&state) }
        guard state.rewards.whatIf != nil else {
            return state.say("nothing is tried yet; t tries a strategy, W weights")
        }
        guard state.rewards.whatIf?.isBeingWritten == false else { return }
        guard let key = state.rewards.panel.key, let handDown = state.rewards.handDown else {
            return sayWorth(&state)
        }
        state.rewards.whatIf?.isBeingWritten = true
        effects.append(.judge([JudgementRequest(trace: key.trace, decision: .handDown(handDown))]))
    }

    // MARK: Weights

    /// Tries weights as typed; without any, asks for them.
    private static func weigh(by argument: String?, _ state: inout ExplorerState) {
        let known = RewardWeights(of: state.rewards.table)
        guard !known.isEmpty else {
            return state.say("no reward here is made of parts: spandrel score and rubrics with criteria make such")
        }
        guard let argument else {
            state.prompt = PromptState(.weights, text: (state.rewards.weights ?? known).description)
            return
        }
        do throws(RewardWeights.Mistake) {
            state.rewards.weigh(by: try known.changed(by: argument))
            sayWeighed(&state)
        } catch {
            state.say(error.text, isError: true)
        }
    }

    /// While weights are typed, every reward moves with them.
    static func previewWeights(_ text: String, _ state: inout ExplorerState) {
        do throws(RewardWeights.Mistake) {
            state.rewards.weigh(by: try RewardWeights(of: state.rewards.table).changed(by: text))
            state.preview = words(ofChanges: reweighings(state).count)
        } catch {
            state.preview = error.text
        }
    }

    /// Leaves the prompt: what was typed stays tried.
    static func acceptWeights(_ text: String, _ state: inout ExplorerState) {
        state.preview = nil
        weigh(by: text, &state)
    }

    static func dropWeights(_ state: inout ExplorerState) -> Bool {
        guard state.rewards.weights != nil else { return false }
        state.rewards.weigh(by: nil)
        return true
    }

    private static func amount(_ count: Int) -> String { count == 1 ? "1 reward" : "\(Figures.grouped(count)) rewards" }

    private static func words(ofChanges count: Int) -> String { amount(count) + (count == 1 ? " changes" : " change") }

    private static func sayWeighed(_ state: inout ExplorerState) {
        state.say("\(words(ofChanges: reweighings(state).count)), only tried; w writes them, Esc drops them")
    }

    /// What would change of the traces that are shown: code's rewards, and the person's own.
    private static func reweighings(_ state: ExplorerState) -> [RewardReweighing] {
        guard let weights = state.rewards.weights else { return [] }
        let isShown = state.traces.filter?.matches(state.traces.table)
        let table = state.rewards.table
        return weights.changes(of: table).compactMap { row, parts in
            guard parts.authorKind != .human || parts.author == state.review.setup.author,
                isShown?[Int(table.traces[row])] != false, let value = weights.value(of: parts.dimensions)
            else { return nil }
            return RewardReweighing(record: parts.record, dimensions: weights.weighed(parts.dimensions), value: value)
        }
    }

    private static func askToReweigh(_ state: inout ExplorerState) {
        let reweighings = reweighings(state)
        guard let first = state.rewards.table.parts.values.first(where: { $0.record == reweighings.first?.record })
        else { return state.say("no reward would change") }
        state.bulk = BulkJudgement(
            requests: [JudgementRequest(trace: first.trace, decision: .reweigh(reweighings))],
            question: "write \(amount(reweighings.count)) by these weights? y n")
    }
}
