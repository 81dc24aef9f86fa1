import TraceAnalysis
import TraceModel
import TraceQuery

extension ReviewState {
    /// Begins a queue anew.
    mutating func begin(_ queue: ReviewQueue) {
        let now = now
        self = ReviewState(setup: setup, generation: generation + 1)
        self.now = now
        self.queue = queue
        rubric = queue.rubric.flatMap { setup.rubrics[$0] } ?? .plain
    }

    private init(setup: ReviewSetup, generation: Int) {
        self.setup = setup
        self.generation = generation
    }

    /// Takes what the queue has, the first time; later, what has come to it since, at its end.
    mutating func take(_ open: [UInt32], doneBefore: Int) {
        isRequested = false
        guard let order else {
            order = open
            self.doneBefore = doneBefore
            return
        }
        var known = members ?? Set(order)
        self.order = order + open.filter { known.insert($0).inserted }
        members = known
    }

    /// Goes to an item; at the end of the queue there is none.
    mutating func move(to place: Int) {
        guard let order else { return }
        cursor = max(0, min(place, order.count))
        focus = .trace
        (step, stepTop, textTop) = (0, 0, 0)
        question = nil
    }

    /// Goes on to what nobody decided on yet.
    mutating func moveOn() { move(to: nextOpen() ?? order?.count ?? 0) }

    mutating func decide(_ mark: ReviewMark) {
        guard let place else { return }
        marks[place] = mark
        decisions.append(Decision(position: place, mark: mark))
        if let now { pace.add(at: now, elapsed: now - (shownSince ?? now)) }
    }

    /// A decision that did not come to be, or was taken back.
    mutating func undecide(_ position: UInt32) {
        marks[position] = nil
        guard let last = decisions.lastIndex(where: { $0.position == position }) else { return }
        decisions.remove(at: last)
        pace.removeLast()
    }

    // MARK: Steps

    mutating func move(toStep step: Int, of item: ReviewItem) {
        self.step = max(0, min(step, item.digest.steps.count - 1))
    }

    mutating func scroll(height: Int, steps: Int) {
        guard height > 0 else { return }
        stepTop = max(stepTop, step + 1 - height)
        stepTop = min(stepTop, step)
        stepTop = max(0, min(stepTop, steps - height))
    }
}
