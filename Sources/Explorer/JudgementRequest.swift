package import TraceModel
package import TraceStore

/// What a person decided about a trace, or about one of its spans.
package struct JudgementRequest: Sendable, Equatable {
    package enum Decision: Sendable, Equatable {
        case approve, reject
        case grade(Double)
        /// Passed over, which is a state of its own and has no value.
        case skip
        /// Words, labels or a correction alone; what was decided before stays so.
        case note
        /// Takes back one's own judgement of this target.
        case clear
        /// Judges a sequence, and hands down to its steps.
        case handDown(HandDown)
        /// The same of a sequence that is yet to be found.
        case gradeSequence(SequenceGrade)
        /// Weighs the parts of rewards anew.
        case reweigh([RewardReweighing])
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
    /// The root of the trace, where it is known already.
    package var root: SpanRef?
    /// What a verdict is worth by the rubric; nothing is 1 and 0.
    package var value: Double?
    package var dimensions: [RewardRecord.Dimension] = []
    /// Nothing leaves what there is.
    package var comment: String?
    package var correction: String?
    package var labels: [String]?
    package var rubric: String?
    package var queue: String?
    /// How long the person looked, in nanoseconds.
    package var elapsed: Int64?
    package var contentHash: UInt64?
    /// Says more of the judgement right before it, and takes its place.
    package var replacesLast = false
}

/// What came of it, once it is safe.
package struct JudgementOutcome: Sendable {
    package var trace: TraceID
    package var traceReward: Double?
    package var span: SpanID?
    package var spanReward: Double?
    /// What was done, and where it went.
    package var text: String
    /// As it is kept now.
    package var record: RewardRecord?
    /// What was asked for.
    package var decision: JudgementRequest.Decision?
    /// What is not where it belongs yet, as it stands now; nothing where that is as it was.
    package var pending: PendingReport?

    package init(
        trace: TraceID, traceReward: Double?, span: SpanID?, spanReward: Double?, text: String,
        record: RewardRecord? = nil, decision: JudgementRequest.Decision? = nil, pending: PendingReport? = nil
    ) {
        self.trace = trace
        self.traceReward = traceReward
        self.span = span
        self.spanReward = spanReward
        self.text = text
        self.record = record
        self.decision = decision
        self.pending = pending
    }
}
