import Cells
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

extension Explorer {
    /// Carries out a command, whether it came from a key or from `:`.
    static func perform(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        switch id {
        case .quit: effects.append(.quit)
        case .suspend: effects.append(.suspend)
        case .redraw: effects.append(.redraw)
        case .back: goBack(&state, &effects)
        case .cancel: cancel(&state, &effects)
        case .command: state.prompt = PromptState(.command)
        case .help: state.overlay = Overlay(.help(state.scope))
        case .problems: state.overlay = Overlay(.problems)
        case .pending: showPending(argument, &state, &effects)
        case .theme: changeTheme(argument, &state, &effects)
        case .sort: sort(by: argument, &state, &effects)
        case .search, .searchNext, .searchPrevious:
            if state.view == .review { return state.say("nothing is searched here; Enter opens the step in its tree") }
            performSearch(id, count: count, argument: argument, &state, &effects)
        case .mark, .jump, .copy:
            guard let letter = argument?.first else {
                state.pending.command = id
                return
            }
            performLettered(id, letter, &state, &effects)
        case .follow:
            state.isFollowing.toggle()
            state.say(state.isFollowing ? "following what comes" : "no longer following")
            state.goToLatest()
        case .select: toggleSelection(&state)
        case .pause: pause(&state, &effects)
        case .filter where state.view == .review:
            state.prompt = PromptState(.command, text: "review " + (state.review.queue?.filter?.text ?? ""))
        case .filter:
            if let argument {
                filter(by: argument, &state)
            } else {
                state.prompt = PromptState(.filter, text: filterText(state))
            }
        case .approve: judge(.approve, &state, &effects)
        case .reject: judge(.reject, &state, &effects)
        case .undo: judge(.undo, &state, &effects)
        case .redo: judge(.redo, &state, &effects)
        case .comment: write(.comment, &state, &effects)
        case .correct: write(.correction, &state, &effects)
        case .reward:
            if argument == nil {
                state.prompt = PromptState(.command, text: "reward ")
            } else {
                grade(argument, &state, &effects)
            }
        case .viewTraces: state.show(.traces)
        case .viewTree: showTree(&state, &effects)
        case .map: showMap(&state, &effects)
        case .viewGraph: showGraph(&state, &effects)
        case .viewReview: openReview(argument, &state, &effects)
        case .viewRewards:
            state.show(.rewards)
            if let argument { group(by: argument, moving: 1, &state, &effects) }
            requestRewards(&state, &effects)
        case .viewLive:
            state.show(.live)
            requestFeed(&state, &effects)
        default: performInView(id, count: count, argument: argument, &state, &effects)
        }
    }

    private static func performSearch(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        guard id == .search else { return goToMatch(forward: id == .searchNext, times: max(1, count ?? 1), &state) }
        state.search.previous = state.search.needle
        if let argument { startSearch(argument, &state, &effects) } else { state.prompt = PromptState(.search) }
    }

    private static func performInView(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        if state.view == .graph { return performInGraph(id, count: count, &state, &effects) }
        if state.view == .live { return performInLive(id, count: count, argument: argument, &state, &effects) }
        if state.view == .review { return performInReview(id, count: count, argument: argument, &state, &effects) }
        if state.view == .rewards { return performInRewards(id, count: count, argument: argument, &state, &effects) }
        let layout = state.layout
        guard state.isTreeInFront, let top = state.trees.indices.last else {
            performInTraces(id, count: count, argument: argument, &state, &effects)
            return
        }
        if id == .difference {
            if !state.trees[top].pane.toggleComparing() { state.say("it has no messages, input or state to compare") }
            return
        }
        if state.trees[top].performOnPanes(id, step: count ?? 1, &state.message) { return }
        if state.trees[top].focus == .span {
            let motion = Motion(id, count: count, argument: argument, page: layout.pane.height)
            if let motion {
                state.trees[top].pane.outline.apply(motion)
            } else {
                performInSpan(id, count: count ?? 1, &state, &effects)
            }
            return
        }
        if let motion = Motion(id, count: count, argument: argument, page: layout.list.height) {
            state.trees[top].outline.apply(motion)
        } else {
            state.trees[top].perform(id, count: count ?? 1, &state.message)
        }
    }

    private static func performInTraces(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        if let motion = Motion(id, count: count, argument: argument, page: state.layout.list.height) {
            state.traces.move(toRow: motion.row(from: state.traces.cursor, rows: state.traces.order.count))
            return
        }
        switch id {
        case .open: openSelected(&state, &effects)
        case .left, .right, .invert:
            state.traces.sorting = state.traces.sorting.moved(id)
            sort(&state, &effects)
        case .nextError, .previousError:
            let errors = state.traces.table.errors
            let next = state.traces.row(after: state.traces.cursor, forward: id == .nextError) { errors[$0] > 0 }
            if let next { state.traces.move(toRow: next) } else { state.say("no trace has an error") }
        case .nextSlowest, .previousSlowest:
            for _ in 0..<min(count ?? 1, 100) { state.traces.moveAlongSlowest(forward: id == .nextSlowest) }
        default: break
        }
    }

    private static func performInSpan(
        _ id: Command.ID, count: Int, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard let top = state.trees.indices.last else { return }
        switch id {
        case .left, .right:
            state.trees[top].pane.turnTab(by: id == .left ? -count : count)
        case .open:
            guard let row = state.trees[top].pane.selectedRow else { return }
            if case .link(let link) = row.kind {
                var tree = TreeState(trace: link.traceID)
                tree.destination = link.spanID
                open(tree, &state, &effects)
            } else {
                state.trees[top].pane.outline.unfold()
            }
        case .close:
            if !state.trees[top].pane.outline.foldOrLeave() { state.trees[top].leavePane() }
        default:
            state.trees[top].pane.outline.perform(id, count: count)
        }
    }

    // MARK: Views

    private static func openSelected(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard let selected = state.traces.selected else { return }
        let trace = state.traces.table.ids[selected]
        state.traces.isUntouched = false
        if let last = state.trees.last, last.trace == trace {
            state.show(.tree)
            return
        }
        state.trees = []
        open(TreeState(trace: trace), &state, &effects)
    }

    static func open(_ tree: TreeState, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        var tree = tree
        tree.version = state.version(of: tree.trace)
        tree.isRequested = true
        state.trees.append(tree)
        state.show(.tree)
        effects.append(.openTrace(tree.trace))
    }

    private static func showTree(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        if state.trees.isEmpty { openSelected(&state, &effects) } else { state.show(.tree) }
    }

    private static func goBack(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        if state.view == .graph, state.graph?.leave() == true { return }
        guard state.isTreeInFront, let top = state.trees.indices.last else {
            if state.view == .rewards, state.rewards.leave() { return }
            if !state.leaveView() { effects.append(.quit) }
            return
        }
        if state.trees[top].focus == .span {
            state.trees[top].leavePane()
        } else {
            state.trees.removeLast()
            if state.trees.isEmpty { _ = state.leaveView() }
        }
    }

    /// Holds back what comes, or shows all that was held back.
    private static func pause(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        state.isPaused.toggle()
        guard !state.isPaused else { return state.say("paused; = goes on") }
        guard let held = state.held else { return }
        state.held = nil
        answer(.storeChanged(held), &state, &effects)
    }

    private static func cancel(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        if state.selection != nil {
            state.selection = nil
            return
        }
        if state.view == .graph, state.graph?.moment != nil {
            return performInGraph(.timeTravel, count: nil, &state, &effects)
        }
        if state.view == .rewards, state.rewards.dropWhatIf() || dropWeights(&state) { return state.say("dropped") }
        if state.search.isRunning || state.search.needle != nil {
            if state.search.isRunning { effects.append(.cancelFind) }
            state.search.isRunning = false
            state.search.generation += 1
            setNeedle(nil, &state)
        } else if !state.traces.store.progress.isFinished {
            effects.append(.cancelReading)
        }
    }

    // MARK: With a word or a letter

    private static func changeTheme(
        _ name: String?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard let name else {
            state.say("themes: " + state.themes.joined(separator: " "))
            return
        }
        effects.append(.changeTheme(name))
    }

    private static func sort(by argument: String?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let words = (argument ?? "").split(separator: " ")
        guard let name = words.first, let column = TraceOrder.Column(rawValue: String(name)) else {
            state.say(
                "sort by one of: " + TraceOrder.Column.allCases.map(\.rawValue).joined(separator: " "), isError: true)
            return
        }
        var isDescending = column != .agent && column != .root
        if words.count > 1 { isDescending = words[1].hasPrefix("d") }
        state.traces.sorting = TraceOrder(column: column, isDescending: isDescending)
        sort(&state, &effects)
    }

    private static func goToMatch(forward: Bool, times: Int, _ state: inout ExplorerState) {
        guard state.search.needle != nil else {
            state.say("nothing to search for yet; / begins")
            return
        }
        for _ in 0..<min(times, 10_000) {
            guard moveToMatch(forward: forward, &state) else {
                if !state.search.isRunning { state.say("no match here", isError: true) }
                return
            }
        }
    }
}

extension ExplorerState {
    mutating func say(_ text: String, isError: Bool = false) {
        message = Message(text: text, isError: isError)
    }
}
