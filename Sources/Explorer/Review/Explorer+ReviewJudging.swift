import Cells
import TraceAnalysis
import TraceModel
import TraceQuery

extension Explorer {
    /// A judgement of the item in sight, or of the step under the cursor, with all that the review knows of it. Says why
    /// there is none.
    static func reviewRequest(
        _ decision: JudgementRequest.Decision, _ state: inout ExplorerState
    ) -> JudgementRequest? {
        let review = state.review
        guard let item = state.reviewItem else {
            state.say(review.place == nil ? "there is nothing to judge here" : "it is still being read")
            return nil
        }
        var request = JudgementRequest(trace: item.trace, decision: decision)
        request.root = item.root
        request.rubric = review.rubric.reference
        request.contentHash = item.digest.contentHash
        if review.focus == .steps, item.digest.steps.indices.contains(review.step) {
            request.span = item.table.refs[item.digest.steps[review.step].span]
        } else {
            // Only what a queue holds is found again by its name: traces, and not their steps.
            request.queue = review.queue?.name
            if let now = review.now, let since = review.shownSince { request.elapsed = max(0, now - since) }
        }
        switch decision {
        case .approve: request.value = review.rubric.approve
        case .reject: request.value = review.rubric.reject
        default: break
        }
        return request
    }

    /// Decides, saves, and goes on: to the next item, or to the next step.
    static func decide(
        _ decision: JudgementRequest.Decision, _ mark: ReviewMark, dimensions: [RewardRecord.Dimension] = [],
        _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard var request = reviewRequest(decision, &state) else { return }
        request.dimensions = dimensions
        guard judge(request, &state, &effects) else { return }
        if request.span == nil {
            state.review.decide(mark)
            state.review.moveOn()
        } else if let item = state.reviewItem {
            state.review.move(toStep: state.review.step + 1, of: item)
        }
        if decision == .reject, !state.review.rubric.reasons.isEmpty { state.review.question = .reason(request) }
    }

    static func gradeByDigit(
        _ argument: String?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard let digit = argument.flatMap({ Int($0) }), (1...9).contains(digit) else {
            return state.say("a grade is a digit from 1 to 9: :grade 7", isError: true)
        }
        let value = value(ofDigit: digit)
        decide(.grade(value), .graded(value), &state, &effects)
    }

    /// 1 is 0, 9 is 1, and the others stand evenly between them.
    private static func value(ofDigit digit: Int) -> Double { Double(digit - 1) / 8 }

    static func clear(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard let request = reviewRequest(.clear, &state) else { return }
        let span = request.span.flatMap { ref in
            state.reviewItem.flatMap { item in item.table.refs.firstIndex(of: ref).map { item.table.ids[$0] } }
        }
        let author = state.review.setup.author
        guard state.reviewItem?.own(span, by: author) != nil else {
            return state.say("there is nothing of yours to clear here")
        }
        guard judge(request, &state, &effects) else { return }
        if span == nil, let place = state.review.place { state.review.undecide(place) }
    }

    static func flag(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard var request = reviewRequest(.note, &state), let item = state.reviewItem else { return }
        let span = request.span.flatMap { item.table.refs.firstIndex(of: $0) }.map { item.table.ids[$0] }
        let labels = item.own(span, by: state.review.setup.author)?.labels ?? []
        let flag = state.review.rubric.labels.first ?? "flagged"
        request.labels = labels.contains(flag) ? labels.filter { $0 != flag } : labels + [flag]
        guard judge(request, &state, &effects) else { return }
        state.say(labels.contains(flag) ? "no longer \(flag)" : "⚑ \(flag)")
        guard !labels.contains(flag), state.review.rubric.labels.count > 1 else { return }
        request.labels = labels
        state.review.question = .label(request)
    }

    static func askCriteria(_ state: inout ExplorerState) {
        guard !state.review.rubric.criteria.isEmpty else {
            return state.say("the rubric has no criteria; a digit from 1 to 9 grades the whole")
        }
        guard reviewRequest(.note, &state) != nil else { return }
        state.review.question = .criteria([])
    }

    /// A key while something is asked that a digit answers. Whether that is all that the key does.
    static func answerQuestion(
        _ key: Key, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) -> Bool {
        guard let question = state.review.question else { return false }
        state.review.question = nil
        let digit: Int? = if case .character(let letter) = key { letter.wholeNumberValue } else { nil }
        let rubric = state.review.rubric
        switch (question, digit) {
        case (_, 0?): return false
        case (.reason(var request), let digit?):
            guard digit <= rubric.reasons.count else { return refuse(digit, rubric.reasons.count, "reasons", &state) }
            request.labels = [rubric.reasons[digit - 1]]
            request.replacesLast = true
            judge(request, &state, &effects)
            state.say("✗ \(rubric.reasons[digit - 1])")
            return true
        case (.label(var request), let digit?):
            guard digit <= rubric.labels.count else { return refuse(digit, rubric.labels.count, "labels", &state) }
            request.labels = (request.labels ?? []) + [rubric.labels[digit - 1]]
            request.replacesLast = true
            judge(request, &state, &effects)
            state.say("⚑ \(rubric.labels[digit - 1])")
            return true
        case (.criteria(let grades), let digit?):
            let grades = grades + [value(ofDigit: digit)]
            guard grades.count == rubric.criteria.count else {
                state.review.question = .criteria(grades)
                return true
            }
            let (value, dimensions) = rubric.combined(grades)
            decide(.grade(value), .graded(value), dimensions: dimensions, &state, &effects)
            return true
        case (.criteria(let grades), nil) where key == .backspace && !grades.isEmpty:
            state.review.question = .criteria(grades.dropLast())
            return true
        default: return key == .escape
        }
    }

    /// A digit that answers nothing is not taken for a grade either: nobody meant to judge by it.
    private static func refuse(_ digit: Int, _ count: Int, _ words: String, _ state: inout ExplorerState) -> Bool {
        state.say("the rubric has \(count) \(words); \(digit) again grades")
        return true
    }

    // MARK: What came of it

    /// Takes the last judgement back, or what was taken back by clearing; what it was of comes back to the screen.
    static func undoInReview(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let decision: JudgementRequest.Decision = state.review.hasCleared ? .redo : .undo
        judge(JudgementRequest(trace: TraceID(high: 0, low: 0), decision: decision), &state, &effects)
    }

    static func reviewTake(_ outcome: JudgementOutcome, _ state: inout ExplorerState) {
        guard let record = outcome.record, let queue = state.review.queue else { return }
        let trace = record.target.trace
        if case .read(var item)? = state.review.items[trace] {
            item.book.add(record)
            state.review.items[trace] = .read(item)
        }
        guard let index = state.traces.table.ids.firstIndex(of: trace), state.review.order != nil else { return }
        var left: ReviewMark?
        if case .read(let item)? = state.review.items[trace] {
            left = ReviewMark(item.own(nil, by: state.review.setup.author))
        }
        let returns = outcome.decision == .undo || outcome.decision == .redo
        guard returns, state.view == .review else {
            // What was cleared, or taken back in another view, is open again.
            let isOpen = record.verdict == .withdrawn && record.queue == queue.name && left == nil
            if isOpen { state.review.undecide(UInt32(index)) }
            return
        }
        if record.queue == queue.name {
            state.review.bring(UInt32(index), back: record, left: left)
        } else if let place = state.review.order?.firstIndex(of: UInt32(index)), let span = record.target.span {
            state.review.move(to: place)
            guard let item = state.reviewItem,
                let step = item.digest.steps.firstIndex(where: { item.table.ids[$0.span] == span })
            else { return }
            state.review.focus = .steps
            state.review.move(toStep: step, of: item)
        }
    }

    static func reviewFailed(_ requests: [JudgementRequest], _ problem: String, _ state: inout ExplorerState) {
        state.review.hasCleared = false
        state.review.question = nil
        state.say(problem, isError: true)
        guard let request = requests.first, request.queue != nil, request.decision != .note, request.decision != .clear,
            let index = state.traces.table.ids.firstIndex(of: request.trace),
            let place = state.review.order?.firstIndex(of: UInt32(index))
        else { return }
        state.review.undecide(UInt32(index))
        state.review.move(to: place)
    }
}

extension ReviewState {
    /// Goes to an item whose judgement was taken back; past one whose judgement holds again. An item of an earlier day,
    /// which was not offered any more, is in the queue again. `left` is what holds of an earlier judgement.
    fileprivate mutating func bring(_ position: UInt32, back record: RewardRecord, left: ReviewMark?) {
        if order?.contains(position) != true {
            guard record.verdict == .withdrawn else { return }
            order?.insert(position, at: cursor)
            members?.insert(position)
            doneBefore = max(0, doneBefore - 1)
        }
        if record.verdict != .withdrawn || left == nil { undecide(position) }
        guard let place = order?.firstIndex(of: position) else { return }
        move(to: place)
        if record.verdict != .withdrawn, let mark = ReviewMark(record) {
            decide(mark)
            moveOn()
        }
    }
}
