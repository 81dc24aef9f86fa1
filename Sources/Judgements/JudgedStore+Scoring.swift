import FileStore
import Synchronization
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// Keeps what code makes of a span, or with `isWhole` of its trace. Nothing where a person has judged it here, where its
    /// source has a reward that did not come from here, or where the same was kept before.
    package func score(
        _ span: SpanRef, isWhole: Bool, _ judgement: Judgement
    ) async throws(StoreError) -> JudgementReceipt? {
        guard let place = try await place(of: judgement, span, isWhole: isWhole) else { return nil }
        return try keep(draft(judgement, of: place.target, place.found, supersedes: place.earlier))
    }

    /// Whether `score` would keep it.
    package func wouldScore(
        _ span: SpanRef, isWhole: Bool, _ judgement: Judgement
    ) async throws(StoreError) -> Bool {
        try await place(of: judgement, span, isWhole: isWhole) != nil
    }

    private func place(
        of judgement: Judgement, _ span: SpanRef, isWhole: Bool
    ) async throws(StoreError) -> (target: RewardTarget, found: FoundSpan, earlier: RewardID?)? {
        let found = try await identify(span)
        let body = found.body
        let target = target(body, isWhole: isWhole)
        let known = book.withLock { $0.standing(for: target) }
        if known.contains(where: { $0.authorKind != .code }) { return nil }
        if known.isEmpty, body.attributes.contains(where: { $0.key == SpanVocabulary.reward }) { return nil }
        let earlier = known.last { $0.author == judgement.author }
        if let earlier, earlier.value == judgement.value, earlier.dimensions == judgement.dimensions { return nil }
        return (target, found, earlier?.id)
    }
}
