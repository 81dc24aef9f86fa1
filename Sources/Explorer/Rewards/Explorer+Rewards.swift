import Cells
import TraceAnalysis
import TraceModel
import TraceStore

extension Explorer {
    /// Asks for every reward, while somebody wants to see them and nobody waits already.
    static func requestRewards(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let isWanted =
            state.views.contains(.rewards)
            || state.traces.store.progress.isFinished && state.traces.table.rewards.contains { !$0.isNaN }
        guard isWanted else { return }
        guard !state.rewards.isRequested else {
            state.rewards.isStale = true
            return
        }
        state.rewards.isRequested = true
        state.rewards.isStale = false
        state.rewards.version = state.traces.store.rewardsVersion
        effects.append(.readRewards)
    }

    /// What came for the view of rewards. Whether this was that.
    static func answerAboutRewards(
        _ event: ExplorerEvent, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) -> Bool {
        switch event {
        case .rewardsRead(let table, let ledger):
            state.rewards.take(table, ledger)
            if state.rewards.isStale { requestRewards(&state, &effects) }
            requestAttributes(&state, &effects)
        case .sequenceRead(let key, let sequence) where key == state.rewards.panel.key:
            state.rewards.panel.sequence = sequence
            if sequence == nil { state.rewards.panel.failure = "it has no steps: no call of a model or a tool" }
            state.rewards.outdate()
        case .sequenceFailed(let key, let problem) where key == state.rewards.panel.key:
            state.rewards.panel.failure = problem
        case .attributesRead(let key, let words) where state.rewards.grouping == .attribute(key):
            state.rewards.attributes = words
            state.rewards.outdate()
        case .sequenceRead, .sequenceFailed, .attributesRead: break
        default: return false
        }
        return true
    }

    /// After a judgement of a trace, what is shown of its rewards is read again.
    static func refreshRewards(
        after outcomes: [JudgementOutcome], _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        let traces = Set(outcomes.map(\.trace))
        if case .reweigh = outcomes.first?.decision { state.rewards.weigh(by: nil) }
        if let key = state.rewards.panel.key, traces.contains(key.trace) {
            if state.rewards.whatIf?.isBeingWritten == true { _ = state.rewards.dropWhatIf() }
            state.rewards.panel.key = nil
        }
        requestRewards(&state, &effects)
        // What was handed down marks many spans of a tree.
        guard outcomes.contains(where: { $0.span == nil }) else { return }
        for tree in state.trees where traces.contains(tree.trace) { effects.append(.openTrace(tree.trace)) }
    }

    /// Works out what is shown, and asks for the sequence under the cursor.
    static func settleRewards(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        state.rewards.refresh(state.traces.table, filter: state.traces.filter)
        state.rewards.scroll(height: state.layout.list.height)
        guard state.rewards.whatIf == nil else { return }
        let key = state.rewards.selected.map { entry in
            let trace = state.traces.table[Int(entry.trace)]
            return SequenceKey(
                trace: trace.id, traceName: trace.givenID,
                agent: state.rewards.grouping == .pipeline && state.rewards.opened == nil
                    ? "" : state.rewards.series.ledger.names[entry.agent])
        }
        guard key != state.rewards.panel.key else { return }
        // Of the same sequence, judged anew, the old steps stay in sight until the new ones come.
        let isSame = state.rewards.panel.sequence?.trace == key?.trace
        var panel = SequencePanel()
        panel.key = key
        if isSame { panel.sequence = state.rewards.panel.sequence }
        state.rewards.panel = panel
        state.rewards.panelPlace = state.rewards.selected.map { Int($0.trace) }
        if let key { effects.append(.readSequence(key)) }
    }

    static func performInRewards(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        if let motion = Motion(id, count: count, argument: argument, page: state.layout.list.height) {
            state.rewards.move(toRow: motion.row(from: state.rewards.cursorRow, rows: state.rewards.rowCount))
            return
        }
        switch id {
        case .open where state.rewards.whatIf != nil: writeWhatIf(&state, &effects)
        case .open: openInRewards(&state, &effects)
        case .close: _ = state.rewards.leave()
        case .grouping: group(by: argument, moving: count ?? 1, &state, &effects)
        case .left, .right:
            group(by: nil, moving: id == .left ? -(count ?? 1) : count ?? 1, &state, &effects)
        case .nextSibling, .previousSibling: moveStep(by: id == .nextSibling ? count ?? 1 : -(count ?? 1), &state)
        default: performWhatIf(id, count: count ?? 1, argument: argument, &state, &effects)
        }
    }

    private static func openInRewards(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard state.rewards.opened != nil else {
            if state.rewards.cursor < state.rewards.series.count { state.rewards.open(state.rewards.cursor) }
            return
        }
        guard let entry = state.rewards.selected else { return }
        let trace = state.traces.table.ids[Int(entry.trace)]
        var tree = TreeState(trace: trace)
        if let step = state.rewards.panel.step, let sequence = state.rewards.panel.sequence,
            sequence.trace == trace, sequence.steps.indices.contains(step)
        {
            tree.destination = sequence.steps[step].span
        }
        open(tree, &state, &effects)
    }

    private static func moveStep(by count: Int, _ state: inout ExplorerState) {
        guard let sequence = state.rewards.panel.sequence, !sequence.steps.isEmpty else { return }
        let step = state.rewards.panel.step.map { $0 + count } ?? (count > 0 ? 0 : sequence.steps.count - 1)
        state.rewards.panel.step = max(0, min(step, sequence.steps.count - 1))
    }

    // MARK: Grouping

    /// Groups by the words of a person, `by agent` or `agent`; without any, by the next that there is.
    static func group(
        by argument: String?, moving step: Int, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard let argument else {
            state.rewards.group(by: state.rewards.grouping.moved(by: step))
            return
        }
        let words = argument.split(separator: " ").map(String.init)
        let word = words.first == "by" ? words.dropFirst().joined(separator: " ") : argument
        guard let grouping = RewardGrouping(word) else {
            let listed = RewardGrouping.listed.map(\.name).joined(separator: " ")
            return state.say("group by one of: \(listed), or by an attribute of the root", isError: true)
        }
        state.rewards.group(by: grouping)
        requestAttributes(&state, &effects)
    }

    /// An attribute is in no list of traces: the roots of those that have rewards are read.
    private static func requestAttributes(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard case .attribute(let key) = state.rewards.grouping else { return }
        let places = Set(state.rewards.ledger.entries.map(\.trace)).sorted()
        let traces = places.map { (place: $0, trace: state.traces.table.ids[Int($0)]) }
        guard !traces.isEmpty else { return }
        effects.append(.readAttributes(key, Dictionary(uniqueKeysWithValues: traces.map { ($0.trace, $0.place) })))
    }
}
