import FileStore
import Synchronization
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// Every judgement of a trace that holds.
    package func standing(of trace: TraceID) -> [RewardRecord] { book.withLock { $0.standing(of: trace) } }

    /// Traces that the author has decided on in a queue, on this day or another.
    package func decided(in queue: String, by author: String) -> Set<TraceID> {
        book.withLock { $0.decided(in: queue, by: author) }
    }

    /// Judges a span, or with `isWhole` the trace that it is the root of, on the ground of what its author said of it
    /// before: `change` is handed that, or a judgement that says nothing. With `replacesLast` the new one takes the
    /// place of the author's last one; else that is only older, and counts again where the new one is taken back.
    @discardableResult
    package func judge(
        _ span: SpanRef, isWhole: Bool, by author: String, replacesLast: Bool = false,
        _ change: (inout Judgement) -> Void
    ) async throws(StoreError) -> JudgementReceipt {
        let found = try await identify(span)
        return try keep(draft(found, isWhole: isWhole, by: author, replacesLast: replacesLast, at: Self.now, change))
    }

    /// The same of many at one stroke.
    package func judge(
        _ spans: [(span: SpanRef, isWhole: Bool)], by author: String, _ change: (inout Judgement) -> Void
    ) async throws(StoreError) -> [JudgementReceipt] {
        let time = Self.now
        var drafts: [RewardDraft] = []
        for (span, isWhole) in spans {
            drafts.append(draft(try await identify(span), isWhole: isWhole, by: author, at: time, change))
        }
        return try keep(drafts)
    }

    private func draft(
        _ found: FoundSpan, isWhole: Bool, by author: String, replacesLast: Bool = false, at time: Int64,
        _ change: (inout Judgement) -> Void
    ) -> RewardDraft {
        let target = target(found.body, isWhole: isWhole)
        let last = book.withLock { $0.own(target, by: author) }
        var judgement = Judgement(value: last?.value, verdict: last?.verdict, author: author)
        if let last { judgement.take(last) }
        change(&judgement)
        return draft(judgement, of: target, found, supersedes: replacesLast ? last?.id : nil, at: time)
    }

    /// Takes the author's own judgement of a span or a trace back.
    @discardableResult
    package func clear(
        _ span: SpanRef, isWhole: Bool, by author: String
    ) async throws(StoreError) -> JudgementReceipt {
        let found = try await identify(span)
        let target = target(found.body, isWhole: isWhole)
        guard let last = book.withLock({ $0.own(target, by: author) }) else {
            throw StoreError("there is nothing of \(author)'s to take back here")
        }
        var withdrawal = Judgement(value: nil, verdict: .withdrawn, author: author)
        withdrawal.comment = "cleared"
        withdrawal.queue = last.queue
        return try keep(draft(withdrawal, of: target, found, supersedes: last.id))
    }
}

extension Judgement {
    /// Says as well what a record says beside its value.
    mutating func take(_ record: RewardRecord) {
        comment = record.rationale
        labels = record.labels
        dimensions = record.dimensions
        correction = record.correction
        rubric = record.rubric
        queue = record.queue
        contentHash = record.contentHash
    }
}
