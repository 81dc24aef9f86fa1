import TraceAnalysis
import TraceModel
import TraceStore

extension Explorer {
    /// What the world answered. An answer to a question that is no longer asked changes nothing.
    static func answer(_ event: ExplorerEvent, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        switch event {
        case .storeChanged(let store) where state.isPaused: state.held = store
        case .storeChanged(let store):
            let spansBefore = state.traces.store.progress.spans
            state.traces.take(store)
            if state.search.needle != nil, state.view == .traces { refreshTraceMatches(&state) }
            sort(&state, &effects)
            if store.progress.spans != spansBefore || store.progress.isFinished {
                refreshTraces(&state, &effects)
                requestFeed(&state, &effects)
                if store.rewardsVersion != state.rewards.version { requestRewards(&state, &effects) }
            }
            requestReview(&state, &effects)
        case .tracesSorted(let order, let sorting, let generation):
            guard generation == state.traces.sortGeneration else { break }
            state.traces.sorting = sorting
            state.traces.take(order)
            if state.isFollowing { state.goToLatest() }
        case .treeBuilt(let built):
            let tree = state.review.setup.isBlind ? built.withoutRewards : built
            for index in state.trees.indices where state.trees[index].trace == tree.table.trace {
                state.trees[index].isRequested = false
                state.trees[index].take(tree)
                if state.isFollowing { state.goToLatest() }
                if index == state.trees.count - 1, let needle = state.search.needle {
                    state.trees[index].match(needle)
                }
            }
            refreshTraces(&state, &effects)
        case .graphRead(let trace, let graph) where state.graph?.trace == trace:
            state.graph?.take(graph)
            if state.search.needle != nil { state.graph?.match(state.search.needle) }
            if state.isFollowing { state.graph?.selectRunning() }
            refreshTraces(&state, &effects)
        case .graphFailed(let trace, let problem) where state.graph?.trace == trace:
            state.graph?.failure = problem
            state.graph?.isRequested = false
            refreshTraces(&state, &effects)
        case .laidOut(let drawing, let ticket) where state.graph?.layoutTicket == ticket:
            state.graph?.take(drawing)
        case .waited(let ticket): tick(ticket, &state, &effects)
        case .feedRead(let feed):
            state.live.take(feed)
            if state.live.isStale { requestFeed(&state, &effects) }
        case .treeFailed(let trace, let problem):
            for index in state.trees.indices where state.trees[index].trace == trace {
                state.trees[index].failure = problem
                state.trees[index].isRequested = false
            }
            // What was there stays in sight.
            if state.tree?.trace == trace, state.tree?.tree != nil { state.say(problem, isError: true) }
            refreshTraces(&state, &effects)
        case .found(let matches, let generation):
            guard generation == state.search.generation else { break }
            take(matches, &state)
        case .findEnded(let generation, let problem):
            guard generation == state.search.generation else { break }
            state.search.isRunning = false
            if let problem { state.message = .init(text: problem, isError: true) } else { sayIfNothingFound(&state) }
        case .judged(let outcomes): take(outcomes, &state, &effects)
        case .copied(let what):
            state.message = .init(text: "copied \(what)", isError: false)
        case .said(let text, let isError):
            state.message = .init(text: text, isError: isError)
            state.rewards.whatIf?.isBeingWritten = false
        case _ where answerAboutRewards(event, &state, &effects): break
        default:
            answerReview(event, &state, &effects)
            answerAboutSpan(event, &state)
        }
    }

    private static func answerAboutSpan(_ event: ExplorerEvent, _ state: inout ExplorerState) {
        for index in state.trees.indices {
            switch event {
            case .detailsRead(let details):
                let asked = details.filter { state.trees[index].requested.contains($0.key) }
                state.trees[index].details.merge(asked) { $1 }
                state.trees[index].requested.subtract(asked.keys)
            case .documentRead(let ref, let document) where state.trees[index].pane.ref == ref:
                state.trees[index].pane.take(document)
            case .baselineRead(let document, let ref) where state.trees[index].pane.ref == ref:
                state.trees[index].pane.compare(with: document)
            case .documentFailed(let ref, let problem) where state.trees[index].pane.ref == ref:
                state.trees[index].pane.failure = problem
            case .logsRead(let ref, let logs) where state.trees[index].pane.ref == ref:
                state.trees[index].pane.logs = logs
                if state.trees[index].pane.tab == .logs { state.trees[index].pane.rebuild() }
            case .rawRead(let ref, let raw) where state.trees[index].pane.ref == ref:
                state.trees[index].pane.raw = raw
                if state.trees[index].pane.tab == .raw { state.trees[index].pane.rebuild() }
            default:
                break
            }
        }
    }

    /// Opened traces that are not as they were when they were read are read again, each once at a time.
    static func refreshTraces(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        for index in state.trees.indices where !state.trees[index].isRequested {
            guard let version = state.version(of: state.trees[index].trace), version != state.trees[index].version
            else { continue }
            state.trees[index].version = version
            state.trees[index].isRequested = true
            effects.append(.openTrace(state.trees[index].trace))
        }
        guard state.views.contains(.graph), let graph = state.graph, !graph.isRequested, let trace = graph.trace,
            let version = state.version(of: trace), version != graph.version
        else { return }
        state.graph?.version = version
        state.graph?.isRequested = true
        effects.append(.readGraph(trace))
    }

    static func sort(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        state.traces.sortGeneration += 1
        effects.append(.sort(state.traces.sorting, generation: state.traces.sortGeneration))
    }
}
