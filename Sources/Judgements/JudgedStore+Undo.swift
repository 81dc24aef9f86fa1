import FileStore
import Synchronization
import TraceModel
package import TraceStore

extension JudgedStore {
    /// Takes back the last judgement of the author, here and in its source.
    @discardableResult
    package func undo() async throws(StoreError) -> JudgementReceipt {
        _ = learn()
        guard let last = book.withLock({ $0.last(by: options.author) }) else {
            throw StoreError("there is nothing of \(options.author)'s to take back")
        }
        return try await supersede(last) { id, time in
            var withdrawal = RewardRecord(
                id: id, target: last.target, verdict: .withdrawn, author: options.author, createdAt: time)
            withdrawal.rationale = "taken back"
            withdrawal.supersedes = last.id
            return withdrawal
        }
    }

    /// Has what the author took back last hold again, here and in its source.
    @discardableResult
    package func redo() async throws(StoreError) -> JudgementReceipt {
        _ = learn()
        guard let last = book.withLock({ $0.lastTakenBack(by: options.author) }) else {
            throw StoreError("there is nothing that \(options.author) took back and could have again")
        }
        return try await supersede(last.judgement) { id, time in
            var record = last.judgement
            record.id = id
            record.createdAt = time
            record.supersedes = last.withdrawal.id
            return record
        }
    }

    private func supersede(
        _ earlier: RewardRecord, _ make: (RewardID, Int64) -> RewardRecord
    ) async throws(StoreError) -> JudgementReceipt {
        let table = try await files.spans(of: earlier.target.trace)
        let position =
            earlier.target.span.flatMap { table.ids.firstIndex(of: $0) } ?? table.parents.firstIndex(where: \.isZero)
        guard let position else { throw StoreError("what was judged is not open any more") }
        let time = Self.now
        var generator = SystemRandomNumberGenerator()
        return try keep(make(RewardID(at: time, using: &generator), time), try await identify(table.refs[position]))
    }
}
