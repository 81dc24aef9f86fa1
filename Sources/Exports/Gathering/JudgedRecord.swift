import TraceModel

/// A judgement, and how its target is called where it is from.
struct JudgedRecord {
    var trace: TraceSummary
    var record: RewardRecord
    /// The span that it is of: of a trace or a sequence the root.
    var span: SpanID
    /// The span's id as its own system writes it; nothing of a trace or a sequence.
    var spanName: String?
    var judges: Int
}
