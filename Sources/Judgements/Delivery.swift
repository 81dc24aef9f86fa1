import TraceFormats
import TraceModel

/// How a judgement fared on its way to its source: a line of `delivered.jsonl`, beside the journal.
///
/// A file of its own, so that the journal has judgements alone. Lines are not synced: one that is lost costs no more than
/// another try, since what reached its source is recognised there.
struct Delivery: Sendable, Equatable {
    enum Outcome: Sendable, Equatable {
        /// The source has it, or something later that counts in its stead.
        case reached
        /// It did not work, for this reason; it is tried again.
        case failed(String)
        /// The source will never take it: it does not hold.
        case refused(String)

        init(_ arrival: Arrival) {
            switch arrival {
            case .success: self = .reached
            case .failure(.later(let reason)): self = .failed(reason)
            case .failure(.never(let reason)): self = .refused(reason)
            }
        }
    }

    var record: RewardID
    /// The file that it went to, or should.
    var source: String
    /// Nanoseconds since the epoch.
    var time: Int64
    var outcome: Outcome

    var line: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("record", "\(record)")
            writer.field("source", source)
            writer.field("at", time)
            switch outcome {
            case .reached: writer.field("outcome", "reached")
            case .failed(let reason):
                writer.field("outcome", "failed")
                writer.field("reason", reason)
            case .refused(let reason):
                writer.field("outcome", "refused")
                writer.field("reason", reason)
            }
        }
        return writer.bytes
    }

    init(_ record: RewardID, _ outcome: Outcome, source: String, at time: Int64) {
        self.record = record
        self.outcome = outcome
        self.source = source
        self.time = time
    }

    /// Nothing where a line is none.
    init?(_ view: JSONView) {
        guard let record = view["record"].string.flatMap({ RewardID($0) }) else { return nil }
        let reason = view["reason"].string ?? ""
        let outcome: Outcome
        switch view["outcome"].string {
        case "reached": outcome = .reached
        case "failed": outcome = .failed(reason)
        case "refused": outcome = .refused(reason)
        default: return nil
        }
        self.init(record, outcome, source: view["source"].string ?? "", at: view["at"].integer ?? 0)
    }
}
