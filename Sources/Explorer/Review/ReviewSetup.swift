package import TraceModel
package import TraceQuery

/// What a review is given to begin with: who judges, and the queues and rubrics that there are.
package struct ReviewSetup: Sendable {
    package var author = ""
    package var queues: [String: ReviewQueue] = [:]
    package var rubrics: [String: Rubric] = [:]
    /// The queue to begin with at once.
    package var queue: ReviewQueue?
    /// Hides what others judged.
    package var isBlind = false
    package var isReadOnly = false

    package init() {}
}
