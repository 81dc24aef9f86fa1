import FileStore
import Synchronization
import TraceModel
package import TraceStore

extension JudgedStore {
    /// Takes back the last judgement of the author, with all that was made at the same stroke, here and in its source. What
    /// it had outdone of an earlier handing down holds again.
    @discardableResult
    package func undo() async throws(StoreError) -> JudgementReceipt {
        _ = learn()
        guard let last = book.withLock({ $0.last(by: options.author) }) else {
            throw StoreError("there is nothing of \(options.author)'s to take back")
        }
        let stroke = book.withLock { $0.stroke(of: last) }
        let places = try await places(of: stroke)
        let time = Self.now
        return try keepAll(
            zip(stroke, places).map { record, found in
                if let outdone = book.withLock({ $0.outdone(by: record) }) {
                    return draft(again: outdone, insteadOf: record.id, found, at: time)
                }
                var withdrawal = Judgement(value: nil, verdict: .withdrawn, author: record.author)
                withdrawal.comment = "taken back"
                withdrawal.queue = record.queue
                return draft(withdrawal, of: record.target, found, supersedes: record.id, at: time)
            })
    }

    /// Lets what the author took back last hold again, unless something else was judged since.
    @discardableResult
    package func redo() async throws(StoreError) -> JudgementReceipt {
        _ = learn()
        let undone = book.withLock { book in book.lastUndone(by: options.author).map { book.undone(with: $0) } ?? [] }
        guard !undone.isEmpty else { throw StoreError("there is nothing of \(options.author)'s to do again") }
        let places = try await places(of: undone.map(\.former))
        let time = Self.now
        var ids: [RewardID: RewardID] = [:]
        var drafts: [RewardDraft] = []
        for ((former, standing), found) in zip(undone, places) {
            var again = draft(again: former, insteadOf: standing, found, at: time)
            if let root = former.propagatedFrom { again.record.propagatedFrom = ids[root] ?? root }
            ids[former.id] = again.record.id
            drafts.append(again)
        }
        return try keepAll(drafts)
    }

    private func draft(
        again former: RewardRecord, insteadOf standing: RewardID?, _ found: FoundSpan, at time: Int64
    ) -> RewardDraft {
        var judgement = Judgement(value: former.value, verdict: former.verdict, author: former.author)
        judgement.authorKind = former.authorKind
        judgement.strategy = former.strategy
        judgement.propagatedFrom = former.propagatedFrom
        judgement.elapsed = former.elapsed
        judgement.take(former)
        return draft(judgement, of: former.target, found, supersedes: standing, at: time)
    }

    /// The spans that records are written at. Where each is, is known before the first is written: who follows the file may
    /// read it again meanwhile.
    func places(of records: [RewardRecord]) async throws(StoreError) -> [FoundSpan] {
        var known: [TraceID: RecordPlaces] = [:]
        var places: [FoundSpan] = []
        for record in records {
            let trace = record.target.trace
            if known[trace] == nil { known[trace] = RecordPlaces(try await files.spans(of: trace)) }
            guard let place = known[trace]?.place(of: record) else {
                throw StoreError("what was judged is not open any more")
            }
            places.append(try await identify(place))
        }
        return places
    }
}
