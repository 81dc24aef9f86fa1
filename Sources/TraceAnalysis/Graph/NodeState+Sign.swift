package import TraceModel

extension SpanVocabulary.NodeState {
    /// How a state is told in one cell.
    package var sign: String {
        switch self {
        case .done: "✔"
        case .failed: "✗"
        case .running: "◐"
        case .cancelled: "⊘"
        case .replaced: "↷"
        case .paused: "‖"
        case .pending, .ready, .waiting: "○"
        }
    }
}
