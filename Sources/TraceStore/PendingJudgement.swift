package import TraceModel

/// A judgement that is safe, but that its source does not have yet.
package struct PendingJudgement: Sendable, Equatable {
    package var record: RewardRecord
    /// The file that it should go to; empty where that is not known yet.
    package var source: String
    /// Why it is not there.
    package var reason: String
    /// When it was last tried, in nanoseconds since the epoch, or zero.
    package var triedAt: Int64

    package init(record: RewardRecord, source: String, reason: String, triedAt: Int64) {
        self.record = record
        self.source = source
        self.reason = reason
        self.triedAt = triedAt
    }
}
