import TraceModel

/// The parts that a span of a generated trace can play.
enum SpanRole: UInt8, Sendable, CaseIterable {
    case agent, chat, tool, retrieval, request

    var kind: SpanKind {
        switch self {
        case .agent, .tool: .internal
        case .chat, .retrieval, .request: .client
        }
    }

    /// Milliseconds, from and to; agents take as long as what they call.
    var duration: ClosedRange<Int> {
        switch self {
        case .agent: 0...0
        case .chat: 350...9000
        case .tool: 3...1800
        case .retrieval: 12...400
        case .request: 2...900
        }
    }
}
