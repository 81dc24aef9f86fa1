import FileStore
import Synchronization
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// Every reward that stands: what was judged here lies over what came with the spans.
    package func rewards() async -> RewardTable {
        let book = book.withLock { $0 }
        var judged: [TraceID: [SpanID: Float]] = [:]
        for trace in book.traces {
            var values = book.parts(of: trace).spans.compactMapValues { $0.value.map { Float($0) } }
            values[SpanID(0)] = book.record(of: trace)?.value.map { Float($0) }
            if !values.isEmpty { judged[trace] = values }
        }
        return await files.rewards(over: judged)
    }

    /// Judges a sequence, and hands down to each of its steps what a strategy gives it; without `values`, to each the same.
    /// A step that gets nothing loses what was handed down to it before; one that a person judged keeps that.
    @discardableResult
    package func judge(
        sequence name: String, in trace: TraceID, _ spans: [SpanRef], _ judgement: Judgement,
        handingDown values: [Double?]? = nil
    ) async throws(StoreError) -> JudgementReceipt {
        guard let first = spans.first else { throw StoreError("the sequence \(name) has no steps") }
        let body = try await files.body(of: first, limit: nil)
        var receipt = try keep(judgement, of: .sequence(name, in: trace), body, at: first)
        for (place, span) in spans.enumerated() {
            var step = judgement
            step.strategy = .propagated
            step.propagatedFrom = receipt.record.id
            if let values { step.value = values[place] }
            // A verdict is about the whole: a step that gets half of an approval is not approved.
            if step.value != judgement.value { step.verdict = nil }
            if let went = try await hand(step, to: span) { receipt.place = went.place }
        }
        receipt.trace = reward(of: trace)
        return receipt
    }

    /// Nothing where nothing changes.
    private func hand(_ judgement: Judgement, to span: SpanRef) async throws(StoreError) -> JudgementReceipt? {
        let body = try await files.body(of: span, limit: nil)
        let (own, earlier) = book.withLock { book in
            (
                book.record(of: body.spanID, in: body.traceID),
                book.handedDown(to: body.spanID, in: body.traceID)
            )
        }
        let target = target(body, isWhole: false)
        guard judgement.value != nil else {
            guard let earlier else { return nil }
            var withdrawal = judgement
            withdrawal.verdict = .withdrawn
            return try keep(withdrawal, of: target, body, at: span, supersedes: earlier.id)
        }
        if let own, own.authorKind == .human, own.strategy != .propagated { return nil }
        return try keep(judgement, of: target, body, at: span, supersedes: earlier?.id)
    }

    /// All that was written together with a judgement of a sequence, or with one that came of it: the sequence's first.
    func family(of record: RewardRecord) -> [RewardRecord]? {
        let root = record.propagatedFrom ?? record.id
        let family = standing.filter { ($0.id == root || $0.propagatedFrom == root) && $0.author == record.author }
        return family.count > 1 || record.propagatedFrom != nil
            ? family.filter { $0.id == root } + family.filter { $0.id != root } : nil
    }

    func takeBack(_ family: [RewardRecord]) async throws(StoreError) -> JudgementReceipt {
        guard let first = family.first else { throw StoreError("there is nothing to take back") }
        var receipt = try await takeBack(first)
        for record in family.dropFirst() { receipt.place = try await takeBack(record).place }
        receipt.trace = reward(of: first.target.trace)
        return receipt
    }
}
