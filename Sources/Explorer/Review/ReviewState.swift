package import TraceModel
package import TraceQuery

/// A queue of traces, where somebody is in it, and what they have decided.
package struct ReviewState: Sendable {
    package enum Focus: Sendable { case trace, steps }

    /// What is known of an item that is, was, or will soon be on the screen.
    package enum Loading: Sendable {
        case reading
        case read(ReviewItem)
        case failed(String)
    }

    /// A key that may follow the last one: why it was rejected, which flag, the next part of a grade.
    package enum Question: Sendable, Equatable {
        case reason(JudgementRequest)
        case label(JudgementRequest)
        case criteria([Double])
    }

    package struct Decision: Sendable, Equatable {
        package var position: UInt32
        package var mark: ReviewMark
    }

    package internal(set) var setup = ReviewSetup()
    package internal(set) var queue: ReviewQueue?
    package internal(set) var rubric = Rubric.plain
    /// Positions in the table of traces, the first to judge first; nothing while the queue is being made.
    package internal(set) var order: [UInt32]?
    /// Items that were decided before this began, and are not offered again.
    package internal(set) var doneBefore = 0
    /// The place in `order`; at its end there is no item.
    package internal(set) var cursor = 0
    package internal(set) var focus = Focus.trace
    package internal(set) var step = 0
    package internal(set) var stepTop = 0
    /// Goal and outcome take the whole screen, from this line of them on.
    package internal(set) var isUnfolded = false
    package internal(set) var textTop = 0
    package internal(set) var items: [TraceID: Loading] = [:]
    /// What was decided here, by position.
    package internal(set) var marks: [UInt32: ReviewMark] = [:]
    /// The newest last.
    package internal(set) var decisions: [Decision] = []
    package internal(set) var pace = ReviewPace()
    package internal(set) var question: Question?

    /// Of the newest queue asked for; an older answer is dropped.
    var generation = 0
    /// How many spans the store knew of when the queue was last asked for.
    var orderedSpans: Int?
    var isRequested = false
    /// Of `order`; made when something comes to it.
    var members: Set<UInt32>?
    /// By the person's clock, as the last event had it, in nanoseconds.
    var now: Int64?
    var shownSince: Int64?
    var shown: TraceID?
    /// Undo would take this back, which is itself a taking back.
    var hasCleared = false

    package init() {}

    package var place: UInt32? {
        guard let order, order.indices.contains(cursor) else { return nil }
        return order[cursor]
    }

    /// Items there are, with those that were decided before.
    package var total: Int { doneBefore + (order?.count ?? 0) }
    package var decided: Int { doneBefore + marks.count }

    /// The next item after the cursor that nobody decided on here, else the first of all; nothing where all are done.
    func nextOpen() -> Int? {
        guard let order else { return nil }
        return order.indices.dropFirst(cursor + 1).first { marks[order[$0]] == nil }
            ?? order.indices.prefix(cursor).first { marks[order[$0]] == nil }
    }
}
