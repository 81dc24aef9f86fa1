import Cells
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

extension Explorer {
    /// Shows the review: of the queue that there is, or of one that is asked for by its name, or by an order and a query.
    static func openReview(
        _ argument: String?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        do throws(QueryError) {
            if let argument {
                state.review.begin(try queue(argument, state))
            } else if state.review.queue == nil {
                state.review.begin(state.review.setup.queue ?? ReviewQueue(state.traces.filter, order: .oldest))
            }
        } catch {
            return state.say(error.description, isError: true)
        }
        state.show(.review)
        requestReview(&state, &effects)
    }

    private static func queue(_ argument: String, _ state: ExplorerState) throws(QueryError) -> ReviewQueue {
        let first = argument.prefix { !$0.isWhitespace }
        let rest = String(argument.dropFirst(first.count)).trimmed
        if let named = state.review.setup.queues[String(first)], rest.isEmpty { return named }
        let order = ReviewQueue.Order(rawValue: String(first))
        let query = try TraceQuery(order == nil ? argument : rest)
        var queue = ReviewQueue(query.isEmpty ? nil : query, order: order ?? state.review.queue?.order ?? .oldest)
        queue.rubric = state.review.queue?.rubric
        return queue
    }

    /// Asks for what the queue has, once everything is read: what was judged before is known only then.
    static func requestReview(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let progress = state.traces.store.progress
        guard state.views.contains(.review), let queue = state.review.queue, !state.review.isRequested,
            progress.isFinished || progress.isCancelled, state.review.orderedSpans != progress.spans
        else { return }
        state.review.orderedSpans = progress.spans
        state.review.isRequested = true
        effects.append(.orderReview(queue, generation: state.review.generation))
    }

    static func answerReview(_ event: ExplorerEvent, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        switch event {
        case .clock(let now): state.review.now = now
        case .reviewOrdered(let open, let doneBefore, let generation):
            guard generation == state.review.generation else { break }
            state.review.take(open, doneBefore: doneBefore)
            requestReview(&state, &effects)
        case .reviewItemRead(let item):
            if state.review.items[item.trace] != nil { state.review.items[item.trace] = .read(item) }
        case .reviewItemFailed(let trace, let problem):
            if state.review.items[trace] != nil { state.review.items[trace] = .failed(problem) }
        case .judgeFailed(let requests, let problem): reviewFailed(requests, problem, &state)
        case .draftRead(let request, let text): takeDraft(text, for: request, &state)
        case .edited(let text): takeEdited(text, &state)
        default: break
        }
    }

    /// Has the item in sight and the one after it read, and lets go of those far away.
    static func settleReview(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard let order = state.review.order else { return }
        let cursor = state.review.cursor
        let table = state.traces.table
        var near: [Int] = [cursor]
        if let next = state.review.nextOpen() { near.append(next) }
        near += [cursor + 1, cursor - 1]
        let wanted = near.filter { order.indices.contains($0) }.map { table.ids[Int(order[$0])] }
        if state.review.items.count > 12 {
            state.review.items = state.review.items.filter { wanted.contains($0.key) }
        }
        for trace in wanted where state.review.items[trace] == nil {
            state.review.items[trace] = .reading
            effects.append(.readReviewItem(trace))
        }
        guard let item = state.reviewItem else { return }
        if state.review.shown != item.trace {
            state.review.shown = item.trace
            state.review.shownSince = state.review.now
        }
        let layout = ReviewLayout(state.layout.list, item, isUnfolded: state.review.isUnfolded)
        state.review.scroll(height: layout.steps.height, steps: item.digest.steps.count)
        if state.review.isUnfolded {
            let lines = ReviewLayout.unfolded(item, state.layout.list.width).count
            state.review.textTop = max(0, min(state.review.textTop, lines - layout.outcome.height))
        }
    }

    static func performInReview(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        switch id {
        case .nextItem: state.review.move(to: state.review.cursor + 1)
        case .previousItem: state.review.move(to: state.review.cursor - 1)
        case .skip: decide(.skip, .skipped, &state, &effects)
        case .grade: gradeByDigit(argument, &state, &effects)
        case .clear: clear(&state, &effects)
        case .flag: flag(&state, &effects)
        case .criteria: askCriteria(&state)
        case .unfold: state.review.isUnfolded.toggle()
        case .nextPane:
            let hasSteps = state.reviewItem.map { !$0.digest.steps.isEmpty } ?? false
            state.review.focus = state.review.focus == .trace && hasSteps ? .steps : .trace
            state.review.isUnfolded = false
        default: moveInReview(id, count: count, argument: argument, &state, &effects)
        }
    }

    private static func moveInReview(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        guard let item = state.reviewItem, let layout = state.reviewLayout else {
            if id == .top { state.review.move(to: state.review.nextOpen() ?? 0) }
            return
        }
        let steps = item.digest.steps
        let page = state.review.isUnfolded ? layout.outcome.height : layout.steps.height
        if let motion = Motion(id, count: count, argument: argument, page: page) {
            if state.review.isUnfolded {
                let lines = ReviewLayout.unfolded(item, state.layout.list.width).count
                state.review.textTop = motion.row(from: state.review.textTop, rows: max(1, lines - page + 1))
            } else {
                state.review.move(toStep: motion.row(from: state.review.step, rows: steps.count), of: item)
            }
            return
        }
        switch id {
        case .open:
            // However the review was come by, q is to lead back to it.
            state.trees = []
            state.views.removeAll { $0 == .tree }
            var tree = TreeState(trace: item.trace)
            if steps.indices.contains(state.review.step) {
                tree.destination = item.table.ids[steps[state.review.step].span]
            }
            open(tree, &state, &effects)
        case .nextError, .previousError:
            let size = steps.count
            let by = id == .nextError ? 1 : size - 1
            let step = state.review.step
            let next = (1...max(1, size)).lazy.map { (step + $0 * by) % max(1, size) }
                .first { steps.indices.contains($0) && item.table.traits[steps[$0].span].status == .error }
            if let next { state.review.move(toStep: next, of: item) } else { state.say("no step has an error") }
        default: break
        }
    }
}
