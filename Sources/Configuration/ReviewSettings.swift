package import TraceModel
package import TraceQuery

/// Rubrics and queues as a person has named them.
package struct ReviewSettings: Sendable, Equatable {
    package var rubrics: [String: Rubric] = [:]
    package var queues: [String: ReviewQueue] = [:]

    package init() {}
}
