import FileStore
import Glibc
import Synchronization
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// What of the open traces is not where it belongs yet.
    package var pending: PendingReport { deliveries.withLock { $0.report } }

    /// All that waits in a journal, whatever is open.
    package static func pending(_ options: JudgementOptions) -> (report: PendingReport, problems: [Problem]) {
        guard let directory = options.directory else { return (PendingReport(), []) }
        let journal = Journal(in: directory)
        let (records, problems) = journal.newRecords()
        let (tries, more) = journal.newDeliveries()
        var deliveries = Deliveries()
        for delivery in tries { deliveries.take(delivery) }
        deliveries.take(records)
        deliveries.admit()
        return (PendingReport(Array(deliveries.waiting.values)), problems + more)
    }

    /// Tries to bring to its source what is open and waits.
    @discardableResult
    package func retry() async -> RetryTally {
        var tally = RetryTally()
        guard !options.isReadOnly, let journal else { return tally }
        _ = learn()
        for (record, source) in deliveries.withLock({ $0.takeUntold() }) {
            journal.append(Delivery(record, .reached, source: Self.absolute(source), at: Self.now))
        }
        let waiting = deliveries.withLock { deliveries in
            deliveries.admit()
            return Array(deliveries.waiting.values)
        }
        let byTrace = Dictionary(grouping: waiting.map(\.record), by: \.target.trace)
        for (trace, records) in byTrace {
            // What is not open waits until it is.
            guard let table = try? await files.spans(of: trace), table.count > 0 else { continue }
            deliveries.withLock { $0.show([trace]) }
            for record in records.sorted(by: { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }) {
                await retry(record, table, &tally)
            }
        }
        return tally
    }

    private func retry(_ record: RewardRecord, _ table: SpanTable, _ tally: inout RetryTally) async {
        let root = table.parents.firstIndex(where: \.isZero) ?? 0
        let place = record.target.span.map { table.ids.firstIndex(of: $0) } ?? root
        guard let place, let found = try? await identify(table.refs[place]) else { return tally.left += 1 }
        let before = deliveries.withLock { $0.failure(of: record.id)?.outcome }
        do throws(WriteBackError) {
            _ = try deliver(record, found, isRetry: true)
            note(record, .reached, found.origin)
            tally.reached += 1
            tally.hasNews = true
        } catch {
            switch error {
            case .later(let reason):
                note(record, .failed(reason), found.origin)
                tally.left += 1
                if before != .failed(reason) { tally.hasNews = true }
            case .never(let reason):
                note(record, .refused(reason), found.origin)
                tally.refused.append(reason)
                tally.hasNews = true
            }
        }
    }

    /// Takes in what this and other programs have added to the journal since the last time.
    func learn() -> [Problem] {
        guard let journal else { return [] }
        let (records, problems) = journal.newRecords()
        let (tries, more) = journal.newDeliveries()
        deliveries.withLock { deliveries in
            deliveries.take(records)
            for delivery in tries { deliveries.take(delivery) }
        }
        book.withLock { book in
            for record in records { book.add(record) }
            for delivery in tries {
                if case .refused = delivery.outcome { book.drop(delivery.record) }
            }
        }
        return problems + more
    }

    /// Keeps how a record fared; the same failure again is not told again.
    func note(_ record: RewardRecord, _ outcome: Delivery.Outcome, _ origin: FileOrigin) {
        let delivery = Delivery(record.id, outcome, source: Self.absolute(origin.path), at: Self.now)
        let isOld = deliveries.withLock { deliveries in
            let isOld = deliveries.failure(of: record.id)?.outcome == outcome
            deliveries.take(delivery)
            if case .failed = outcome {
                deliveries.wait(record)
                deliveries.show([record.target.trace])
            }
            return isOld
        }
        if case .refused = outcome { book.withLock { $0.drop(record.id) } }
        if !isOld { journal?.append(delivery) }
    }

    private static func absolute(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
