import TraceFormats
package import TraceModel

/// A judgement as another system, or this program elsewhere, wrote it: what it is of is still in that system's words.
package struct ImportedJudgement: Sendable {
    /// The trace, or the only thing that says which one.
    package var trace: String?
    /// The span; nothing where the trace as a whole was judged.
    package var span: String?
    /// The session, or another sequence, that was judged as a whole.
    package var sequence: String?
    /// A record of our own, which knows its target.
    package var own: RewardRecord?

    var id: RewardID
    var value: Double
    var verdict: RewardRecord.Verdict?
    var strategy = RewardRecord.Strategy.manual
    var author: String
    var authorKind: RewardRecord.AuthorKind
    var rationale = ""
    var labels: [String] = []
    var correction: String?
    var rubric: String?
    /// Nanoseconds since the epoch; nothing where the source does not say.
    var time: Int64?

    /// `key` is what the source calls it: the same key always has the same id, so that it is taken over once.
    init(key: String, value: Double, author: String, authorKind: RewardRecord.AuthorKind, time: Int64?) {
        let hash = DerivedID.trace(key, in: "imported judgement")
        id = RewardID(high: UInt64(max(0, time ?? 0) / 1_000_000) << 16 | hash.high & 0xFFFF, low: hash.low)
        self.value = value
        self.author = author
        self.authorKind = authorKind
        self.time = time
    }

    init(_ own: RewardRecord) {
        self.init(key: "", value: own.value ?? 0, author: own.author, authorKind: own.authorKind, time: own.createdAt)
        self.own = own
        trace = "\(own.target.trace)"
        span = own.target.span.map { "\($0)" }
        if case .sequence(let id, _) = own.target { sequence = id }
    }

    /// The record of it, once its target is known. `now` is when it was made where nobody says.
    package func record(of target: RewardTarget, at now: Int64) -> RewardRecord {
        if let own { return own }
        var record = RewardRecord(
            id: id, target: target, value: value, verdict: verdict, strategy: strategy, author: author,
            authorKind: authorKind, createdAt: time ?? now)
        record.rationale = rationale
        record.labels = labels
        record.correction = correction
        record.rubric = rubric
        return record
    }
}
