import TraceModel

/// What stage7's words for the status of missions, agents and steps mean.
enum Stage7Status {
    static func state(_ status: String) -> SpanVocabulary.NodeState? {
        switch status.lowercased() {
        case "pending", "initializing", "created": .pending
        case "running", "active": .running
        case "waiting": .waiting
        case "completed", "finished": .done
        case "error", "failed": .failed
        case "paused": .paused
        case "cancelled", "aborted", "cancelled_dependency_unsatisfied": .cancelled
        case "replaced": .replaced
        default: nil
        }
    }

    static func isOver(_ status: String) -> Bool { isOver(state(status)) }

    static func isOver(_ state: SpanVocabulary.NodeState?) -> Bool {
        switch state {
        case .done, .failed, .cancelled, .replaced: true
        default: false
        }
    }
}
