import FileStore
import Synchronization
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// What code makes of a span, or with `isWhole` of its trace.
    package struct CodeScore {
        package var span: SpanRef
        package var isWhole: Bool
        package var judgement: Judgement

        package init(of span: SpanRef, isWhole: Bool, _ judgement: Judgement) {
            self.span = span
            self.isWhole = isWhole
            self.judgement = judgement
        }
    }

    /// Keeps what code makes of spans, at one stroke. Nothing where a person has judged one here, where its source has a
    /// reward that did not come from here, or where the same was kept before.
    package func score(_ scores: [CodeScore]) async throws(StoreError) -> [JudgementReceipt?] {
        let time = Self.now
        var drafts: [RewardDraft] = []
        var places: [Int?] = []
        for score in scores {
            guard let place = try await place(of: score) else {
                places.append(nil)
                continue
            }
            places.append(drafts.count)
            drafts.append(
                draft(score.judgement, of: place.target, place.found, supersedes: place.earlier, at: time))
        }
        guard !drafts.isEmpty else { return places.map { _ in nil } }
        let receipts = try keep(drafts)
        return places.map { $0.map { receipts[$0] } }
    }

    /// Whether it would be kept.
    package func wouldKeep(_ score: CodeScore) async throws(StoreError) -> Bool { try await place(of: score) != nil }

    private func place(
        of score: CodeScore
    ) async throws(StoreError) -> (target: RewardTarget, found: FoundSpan, earlier: RewardID?)? {
        let found = try await identify(score.span)
        let body = found.body
        let target = target(body, isWhole: score.isWhole)
        let known = book.withLock { $0.standing(for: target) }
        if known.contains(where: { $0.authorKind != .code }) { return nil }
        if known.isEmpty, body.attributes.contains(where: { $0.key == SpanVocabulary.reward }) { return nil }
        let earlier = known.last { $0.author == score.judgement.author }
        if let earlier, earlier.value == score.judgement.value, earlier.dimensions == score.judgement.dimensions {
            return nil
        }
        return (target, found, earlier?.id)
    }
}
