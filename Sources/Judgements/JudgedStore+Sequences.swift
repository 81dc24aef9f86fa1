import FileStore
import Synchronization
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// Every reward that stands: what was judged here lies over what came with the spans.
    package func rewards() async -> RewardTable {
        let book = book.withLock { $0 }
        // What was taken back is no number until its source's former word takes its place.
        var judged = takenBack.withLock { $0.mapValues { $0.mapValues { $0.map { Float($0) } ?? .nan } } }
        for trace in book.traces {
            var values = book.parts(of: trace).spans.compactMapValues { $0.value.map { Float($0) } }
            values[SpanID(0)] = book.record(of: trace)?.value.map { Float($0) }
            if !values.isEmpty { judged[trace, default: [:]].merge(values) { $1 } }
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
        // All is read before the first is written: who follows the file may read it again meanwhile.
        var bodies: [SpanBody] = []
        for span in spans { bodies.append(try await files.body(of: span, limit: nil)) }
        var receipt = try keep(judgement, of: .sequence(name, in: trace), bodies[0], at: first)
        for (place, span) in spans.enumerated() {
            var step = judgement
            step.strategy = .propagated
            step.propagatedFrom = receipt.record.id
            if let values { step.value = values[place] }
            // A verdict is about the whole: a step that gets half of an approval is not approved.
            if step.value != judgement.value { step.verdict = nil }
            if let went = try hand(step, to: span, bodies[place]) { receipt.place = went.place }
        }
        receipt.trace = reward(of: trace)
        return receipt
    }

    /// Nothing where nothing changes.
    private func hand(
        _ judgement: Judgement, to span: SpanRef, _ body: SpanBody
    ) throws(StoreError) -> JudgementReceipt? {
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

    /// A judgement and all that was written together with it: a sequence's first, then what came of it.
    func family(of record: RewardRecord) -> [RewardRecord] {
        let root = record.propagatedFrom ?? record.id
        let family = standing.filter { ($0.id == root || $0.propagatedFrom == root) && $0.author == record.author }
        return family.filter { $0.id == root } + family.filter { $0.id != root }
    }

    /// Withdraws judgements, here and in their source.
    func takeBack(_ family: [RewardRecord]) async throws(StoreError) -> JudgementReceipt {
        // Where each is, is known before the first is written: who follows the file may read it again meanwhile.
        var places: [(record: RewardRecord, ref: SpanRef, body: SpanBody)] = []
        for record in family {
            let (ref, body) = try await place(of: record)
            places.append((record, ref, body))
        }
        var first: JudgementReceipt?
        for (record, ref, body) in places {
            var withdrawal = Judgement(value: nil, verdict: .withdrawn, author: record.author)
            withdrawal.comment = "taken back"
            withdrawal.queue = record.queue
            let receipt = try keep(withdrawal, of: record.target, body, at: ref, supersedes: record.id)
            first = first ?? receipt
            first?.place = receipt.place
            first?.trace = receipt.trace
        }
        guard let first else { throw StoreError("there is nothing to take back") }
        return first
    }

    /// Remembers what a span's source said before anybody judged it here, once nobody does any more.
    func noteTakenBack(_ target: RewardTarget) {
        guard let span = target.span else { return }
        let former = book.withLock { book in
            book.value(of: target) == nil ? Optional.some(book.former(of: target)) : nil
        }
        takenBack.withLock { $0[target.trace, default: [:]][span] = former }
    }
}
