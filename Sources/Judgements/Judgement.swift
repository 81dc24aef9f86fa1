package import TraceModel
import TraceStore

/// What somebody decided, before it is known where it goes.
package struct Judgement: Sendable {
    package var value: Double?
    package var verdict: RewardRecord.Verdict?
    package var strategy = RewardRecord.Strategy.manual
    package var author: String
    package var comment = ""
    package var labels: [String] = []
    package var dimensions: [RewardRecord.Dimension] = []
    package var correction: String?
    package var rubric: String?
    package var queue: String?
    /// How long the person looked, in nanoseconds.
    package var elapsed: Int64?
    package var contentHash: UInt64?
    package var authorKind = RewardRecord.AuthorKind.human
    /// The judgement of the sequence that this one comes of.
    package var propagatedFrom: RewardID?

    package init(value: Double?, verdict: RewardRecord.Verdict?, author: String) {
        self.value = value
        self.verdict = verdict
        self.author = author
    }
}

/// Where a judgement went.
package struct JudgementReceipt: Sendable {
    package var record: RewardRecord
    /// The file that has it now, in the words for a person.
    package var place: String
    /// Why its source does not have it yet, where that is so; it is tried again.
    package var pending: String?
    /// Why its source will never have it: it does not hold.
    package var refusal: String?
    /// What the target and its trace come to now.
    package var value: Double?
    package var trace: Double?
    /// What was kept at the same stroke.
    package var others: [JudgementReceipt] = []
}
