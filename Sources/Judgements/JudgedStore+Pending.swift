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
        let untold = deliveries.withLock { $0.takeUntold() }
        journal.append(untold.map { Delivery($0.record, .reached, source: Self.absolute($0.source), at: Self.now) })
        let waiting = deliveries.withLock { deliveries in
            deliveries.admit()
            return Array(deliveries.waiting.values)
        }
        let byTrace = Dictionary(grouping: waiting.map(\.record), by: \.target.trace)
        for (trace, records) in byTrace {
            // What is not open waits until it is.
            guard let table = try? await files.spans(of: trace), table.count > 0 else { continue }
            deliveries.withLock { $0.show([trace]) }
            await retry(records.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }, table, &tally)
        }
        return tally
    }

    private func retry(_ records: [RewardRecord], _ table: SpanTable, _ tally: inout RetryTally) async {
        let places = RecordPlaces(table)
        var drafts: [RewardDraft] = []
        for record in records {
            if let place = places.place(of: record), let found = try? await identify(place) {
                drafts.append(RewardDraft(record: record, found: found))
            } else {
                tally.left += 1
            }
        }
        let before = deliveries.withLock { deliveries in drafts.map { deliveries.failure(of: $0.record.id)?.outcome } }
        let arrivals = deliver(drafts, isRetry: true)
        for (arrival, before) in zip(arrivals, before) {
            switch arrival {
            case .success:
                tally.reached += 1
                tally.hasNews = true
            case .failure(.later(let reason)):
                tally.left += 1
                if before != .failed(reason) { tally.hasNews = true }
            case .failure(.never(let reason)):
                tally.refused.append(reason)
                tally.hasNews = true
            }
        }
        note(zip(drafts, arrivals).map { ($0, $1) })
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

    /// Keeps how records fared; the same failure again is not told again.
    func note(_ arrivals: [(draft: RewardDraft, arrival: Arrival)]) {
        var sources: [String: String] = [:]
        let news = arrivals.compactMap { draft, arrival -> Delivery? in
            let (record, path) = (draft.record, draft.found.origin.path)
            let source = sources[path] ?? Self.absolute(path)
            sources[path] = source
            let outcome = Delivery.Outcome(arrival)
            let delivery = Delivery(record.id, outcome, source: source, at: Self.now)
            if case .refused = outcome { book.withLock { $0.drop(record.id) } }
            return deliveries.withLock { deliveries in
                let isOld = deliveries.failure(of: record.id)?.outcome == outcome
                deliveries.take(delivery)
                if case .failed = outcome {
                    deliveries.wait(record)
                    deliveries.show([record.target.trace])
                }
                return isOld ? nil : delivery
            }
        }
        journal?.append(news)
    }

    private static func absolute(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
