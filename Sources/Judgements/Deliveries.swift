import TraceModel
import TraceStore

/// Which judgements of the journal have reached their sources, and which wait.
struct Deliveries {
    private(set) var waiting: [RewardID: PendingJudgement] = [:]
    /// Reached, or refused for good.
    private var settled: Set<RewardID> = []
    /// How the last try went, of those that did not work.
    private var failures: [RewardID: Delivery] = [:]
    /// Of the journal, and nobody knows yet whether somebody else is bringing them just now.
    private var fresh: [RewardRecord] = []
    /// Fresh ones that were met where they belong, though nobody was told that they arrived there.
    private var untold: [(record: RewardID, source: String)] = []
    /// Waiting ones of these are shown: their traces are open.
    private var shown: Set<TraceID> = []

    /// Takes in what the journal has.
    mutating func take(_ records: [RewardRecord]) { fresh += records }

    /// Takes in what became of a record.
    mutating func take(_ delivery: Delivery) {
        switch delivery.outcome {
        case .reached, .refused: settle(delivery.record)
        case .failed(let reason):
            guard !settled.contains(delivery.record) else { return }
            failures[delivery.record] = delivery
            waiting[delivery.record]?.reason = reason
            waiting[delivery.record]?.triedAt = delivery.time
            waiting[delivery.record]?.source = delivery.source
        }
    }

    /// It is where it belongs, or will never be.
    mutating func settle(_ record: RewardID) {
        settled.insert(record)
        waiting[record] = nil
        failures[record] = nil
    }

    /// Takes in what stands beside a file.
    mutating func meet(_ records: [RewardRecord], beside source: String) {
        let waiting = Set(fresh.map(\.id))
        for record in records where !settled.contains(record.id) {
            if waiting.contains(record.id) { untold.append((record.id, source)) }
            settle(record.id)
        }
    }

    /// What is to be told now.
    mutating func takeUntold() -> [(record: RewardID, source: String)] {
        defer { untold = [] }
        return untold
    }

    /// What is in the journal and not settled by now waits.
    mutating func admit() {
        for record in fresh where waiting[record.id] == nil { wait(record) }
        fresh = []
    }

    mutating func wait(_ record: RewardRecord) {
        guard !settled.contains(record.id) else { return }
        let failure = failures[record.id]
        var reason = "the program that took it ended before it was there"
        if case .failed(let told)? = failure?.outcome { reason = told }
        waiting[record.id] = PendingJudgement(
            record: record, source: failure?.source ?? "", reason: reason, triedAt: failure?.time ?? 0)
    }

    func failure(of record: RewardID) -> Delivery? { failures[record] }

    var waitingTraces: Set<TraceID> { Set(waiting.values.map(\.record.target.trace)) }

    /// Which of the traces that have something waiting are open.
    mutating func show(_ traces: Set<TraceID>) { shown.formUnion(traces) }

    var report: PendingReport {
        PendingReport(waiting.values.filter { shown.contains($0.record.target.trace) })
    }
}
