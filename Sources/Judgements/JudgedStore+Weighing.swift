import FileStore
import Synchronization
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// Judges anew, at one stroke, what was judged by named parts. What code judged stays marked as code's.
    package func reweigh(_ reweighings: [RewardReweighing], by author: String) async throws(StoreError)
        -> JudgementReceipt
    {
        let former = book.withLock { book in reweighings.compactMap { book.record(with: $0.record) } }
        guard former.count == reweighings.count, !former.isEmpty else {
            throw StoreError("there is nothing to weigh anew")
        }
        let places = try await places(of: former)
        let time = Self.now
        var drafts: [RewardDraft] = []
        for ((former, reweighing), found) in zip(zip(former, reweighings), places) {
            var judgement = Judgement(value: reweighing.value, verdict: former.verdict, author: author)
            judgement.take(former)
            judgement.authorKind = former.authorKind
            judgement.strategy = former.strategy
            judgement.dimensions = reweighing.dimensions
            drafts.append(draft(judgement, of: former.target, found, at: time))
        }
        return try keepAll(drafts)
    }
}
