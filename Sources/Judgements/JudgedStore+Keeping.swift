import FileStore
import Synchronization
import TraceModel
import TraceStore

/// A record that is to be kept, and the span that it is written at.
struct RewardDraft {
    var record: RewardRecord
    var found: FoundSpan
}

extension JudgedStore {
    /// What a judgement comes to as a record. Those of one stroke have one `time`: they are taken back together.
    func draft(
        _ judgement: Judgement, of target: RewardTarget, _ found: FoundSpan, supersedes: RewardID? = nil,
        at time: Int64 = JudgedStore.now
    ) -> RewardDraft {
        var generator = SystemRandomNumberGenerator()
        var record = RewardRecord(
            id: RewardID(at: time, using: &generator), target: target, value: judgement.value,
            verdict: judgement.verdict, strategy: judgement.strategy, author: judgement.author,
            authorKind: judgement.authorKind, createdAt: time)
        record.dimensions = judgement.dimensions
        record.propagatedFrom = judgement.propagatedFrom
        record.rationale = judgement.comment
        record.labels = judgement.labels
        record.correction = judgement.correction
        record.rubric = judgement.rubric
        record.queue = judgement.queue
        record.elapsed = judgement.elapsed
        record.contentHash = judgement.contentHash
        record.supersedes = supersedes
        return RewardDraft(record: record, found: found)
    }

    func keep(_ draft: RewardDraft) throws(StoreError) -> JudgementReceipt {
        let receipt = try keep([draft])[0]
        if let refusal = receipt.refusal { throw StoreError(refusal) }
        return receipt
    }

    /// Keeps records, and writes each back where it is the one that counts: all at one stroke, so that many cost the journal
    /// and each source hardly more than one.
    func keep(_ drafts: [RewardDraft]) throws(StoreError) -> [JudgementReceipt] {
        guard !options.isReadOnly else { throw StoreError("--readonly: nothing can be judged") }
        for draft in drafts { try check(draft) }
        guard options.makeDirectory(), let journal else {
            throw StoreError("the journal of judgements cannot be written: \(options.directory ?? "HOME is not set")")
        }
        let drafts = withFormer(drafts)
        // First where it cannot be lost, then where it belongs.
        do throws(StoreError) {
            try journal.append(drafts.map(\.record))
        } catch {
            throw StoreError("not judged, since the journal did not take it: \(error)")
        }
        book.withLock { book in for draft in drafts { book.add(draft.record) } }
        _ = learn()
        for draft in drafts { noteTakenBack(draft.record.target) }
        let arrivals = deliver(drafts, isRetry: false)
        note(zip(drafts, arrivals).map { ($0, $1) })
        let former = sourceRewards(of: Set(drafts.map(\.record.target.trace)))
        return zip(drafts, arrivals).map { draft, arrival in
            receipt(of: draft.record, arrival, former[draft.record.target.trace], journal)
        }
    }

    /// Keeps what belongs together, and tells of all as of one: of the first, and of where it came to.
    func keepAll(_ drafts: [RewardDraft]) throws(StoreError) -> JudgementReceipt {
        let receipts = try keep(drafts)
        if let refusal = receipts.lazy.compactMap(\.refusal).first { throw StoreError(refusal) }
        var whole = receipts[0]
        whole.place = receipts[receipts.count - 1].place
        whole.pending = receipts.lazy.compactMap(\.pending).first
        whole.others = Array(receipts.dropFirst())
        return whole
    }

    func check(_ draft: RewardDraft) throws(StoreError) {
        if let value = draft.record.value, !(0...1).contains(value) {
            throw StoreError("a reward is a number from 0 to 1, not \(value)")
        }
        if case .approval = draft.record.target, draft.record.verdict == .withdrawn {
            throw StoreError(
                "\(draft.found.origin.path): a decision that ASP has cannot be taken back; decide again there")
        }
    }

    /// The first judgement of a target remembers what its source said before.
    private func withFormer(_ drafts: [RewardDraft]) -> [RewardDraft] {
        book.withLock { book in
            drafts.map { draft in
                guard draft.record.supersedes == nil, draft.record.former == nil,
                    book.value(of: draft.record.target) == nil
                else { return draft }
                var draft = draft
                draft.record.former = draft.found.body.attributes.number(SpanVocabulary.reward)
                return draft
            }
        }
    }

    /// What those of the traces that nobody judges any more came with, as they were read.
    private func sourceRewards(of traces: Set<TraceID>) -> [TraceID: Double] {
        let bare = traces.filter { reward(of: $0) == nil }
        guard !bare.isEmpty else { return [:] }
        var rewards: [TraceID: Double] = [:]
        let table = latest.withLock { $0.traces }
        for (position, id) in table.ids.enumerated() where bare.contains(id) { rewards[id] = table[position].reward }
        return rewards
    }

    private func receipt(
        of record: RewardRecord, _ arrival: Arrival, _ former: Double?, _ journal: Journal
    ) -> JudgementReceipt {
        var receipt = JudgementReceipt(record: record, place: journal.path)
        switch arrival {
        case .success(let place): receipt.place = place
        case .failure(.later(let reason)): receipt.pending = reason
        case .failure(.never(let reason)): receipt.refusal = reason
        }
        receipt.value = value(of: record.target)
        let trace = record.target.trace
        receipt.trace = reward(of: trace) ?? value(of: .trace(trace)) ?? former
        return receipt
    }
}
