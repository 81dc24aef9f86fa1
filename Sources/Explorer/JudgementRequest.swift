package import TraceModel

/// What a person decided about a trace, or about one of its spans.
package struct JudgementRequest: Sendable, Equatable {
    package enum Decision: Sendable, Equatable {
        case approve, reject
        case grade(Double)
        /// Judges a sequence, and hands down to its steps.
        case handDown(HandDown)
        /// Takes the last one back, whatever it was of.
        case undo
    }

    package var trace: TraceID
    /// Nothing is the trace as a whole.
    package var span: SpanRef?
    package var decision: Decision
}

/// What came of it, once it is safe.
package struct JudgementOutcome: Sendable {
    package var trace: TraceID
    package var traceReward: Double?
    package var span: SpanID?
    package var spanReward: Double?
    /// What was done, and where it went.
    package var text: String

    package init(trace: TraceID, traceReward: Double?, span: SpanID?, spanReward: Double?, text: String) {
        self.trace = trace
        self.traceReward = traceReward
        self.span = span
        self.spanReward = spanReward
        self.text = text
    }
}
