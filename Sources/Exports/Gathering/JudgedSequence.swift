import TraceModel

/// Steps in their order, each with its reward where somebody judged it.
struct JudgedSequence {
    struct Step {
        var span: SpanBody
        var category: SpanCategory
        var value: Double?
        var verdict: RewardRecord.Verdict?
        var record: RewardID?
    }

    var trace: TraceSummary
    /// As its source calls it, else `{task}:{agent}`.
    var id: String
    var steps: [Step]
}
