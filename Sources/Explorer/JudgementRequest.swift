package import TraceModel
package import TraceStore

/// What a person decided about a trace, or about one of its spans.
package struct JudgementRequest: Sendable, Equatable {
    package enum Decision: Sendable, Equatable {
        case approve, reject
        case grade(Double)
        /// Takes the last one back, whatever it was of.
        case undo
        /// Has what was taken back last hold again.
        case redo
        /// Tries at once to bring to its source what is not there yet.
        case retry
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
    /// What is not where it belongs yet, as it stands now; nothing where that is as it was.
    package var pending: PendingReport?

    package init(
        trace: TraceID, traceReward: Double?, span: SpanID?, spanReward: Double?, text: String,
        pending: PendingReport? = nil
    ) {
        self.trace = trace
        self.traceReward = traceReward
        self.span = span
        self.spanReward = spanReward
        self.text = text
        self.pending = pending
    }
}
