import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// The folder where judgements are safe: `journal.jsonl` has each of them, `delivered.jsonl` how they fared on their way to
/// their sources. Several programs may use it at once; each learns what the others add.
final class Journal: Sendable {
    let path: String
    private let deliveryPath: String
    /// How far each file has been read.
    private let ends = Mutex((records: UInt64(0), deliveries: UInt64(0)))

    init(in directory: String) {
        path = directory + "/journal.jsonl"
        deliveryPath = directory + "/delivered.jsonl"
    }

    /// Safe on the disk when it returns.
    func append(_ records: [RewardRecord]) throws(StoreError) {
        try RewardFile(path: path).append(records)
    }

    /// Best effort: see `Delivery`.
    func append(_ deliveries: [Delivery]) {
        _ = try? LineFile(path: deliveryPath).append(deliveries.map(\.line), isSynced: false)
    }

    /// Judgements that were added since the last time, by whomever.
    func newRecords() -> (records: [RewardRecord], problems: [Problem]) {
        ends.withLock { ends in
            let reading = RewardFile(path: path).read(from: ends.records)
            ends.records = reading.end
            return (reading.lines, reading.problems)
        }
    }

    /// The same of deliveries.
    func newDeliveries() -> (deliveries: [Delivery], problems: [Problem]) {
        ends.withLock { ends in
            let reading = LineFile(path: deliveryPath).read(from: ends.deliveries, what: "delivery") { Delivery($0) }
            ends.deliveries = reading.end
            return (reading.lines, reading.problems)
        }
    }
}
