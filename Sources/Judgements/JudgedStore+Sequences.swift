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
        var table = await files.rewards(over: judged)
        table.parts = parts(of: table, book)
        return table
    }

    /// The rewards of a table that were judged by named parts, by their rows.
    private func parts(of table: RewardTable, _ book: RewardBook) -> [Int: RewardParts] {
        let records = Dictionary(grouping: book.standing.filter { !$0.dimensions.isEmpty }, by: \.target.trace)
        guard !records.isEmpty else { return [:] }
        var found: [Int: RewardParts] = [:]
        for (number, trace) in latest.withLock({ $0.traces.ids }).enumerated() where records[trace] != nil {
            let judged = book.parts(of: trace).spans
            var whole = book.record(of: trace)
            for row in table.rows(of: number) {
                if let record = judged[table.spans[row]] {
                    if !record.dimensions.isEmpty { found[row] = RewardParts(record) }
                } else if let record = whole, let value = record.value, table.values[row] == Float(value) {
                    // What was judged as a whole stands at its root, where that brought a reward along.
                    if !record.dimensions.isEmpty { found[row] = RewardParts(record) }
                    whole = nil
                }
            }
        }
        return found
    }

    /// What a sequence is judged, and what each of its steps is to get of that; without `values`, each the same.
    package struct SequenceJudgement {
        let name: String
        let trace: TraceID
        let spans: [SpanRef]
        let judgement: Judgement
        let values: [Double?]?

        package init(
            _ name: String, in trace: TraceID, _ spans: [SpanRef], _ judgement: Judgement,
            handingDown values: [Double?]?
        ) {
            self.name = name
            self.trace = trace
            self.spans = spans
            self.judgement = judgement
            self.values = values
        }
    }

    @discardableResult
    package func judge(
        sequence name: String, in trace: TraceID, _ spans: [SpanRef], _ judgement: Judgement,
        handingDown values: [Double?]? = nil
    ) async throws(StoreError) -> JudgementReceipt {
        try await judge([SequenceJudgement(name, in: trace, spans, judgement, handingDown: values)])
    }

    /// Judges sequences at one stroke, and hands down to each of their steps. A step that gets nothing loses what was handed
    /// down to it before; one that a person judged keeps that.
    @discardableResult
    package func judge(_ sequences: [SequenceJudgement]) async throws(StoreError) -> JudgementReceipt {
        let time = Self.now
        var drafts: [RewardDraft] = []
        for sequence in sequences { drafts += try await self.drafts(of: sequence, at: time) }
        return try keepAll(drafts)
    }

    private func drafts(of sequence: SequenceJudgement, at time: Int64) async throws(StoreError) -> [RewardDraft] {
        // All is read before the first is written: who follows the file may read it again meanwhile.
        var steps: [FoundSpan] = []
        for span in sequence.spans { steps.append(try await identify(span)) }
        guard let first = steps.first else { throw StoreError("the sequence \(sequence.name) has no steps") }
        let whole = draft(sequence.judgement, of: .sequence(sequence.name, in: sequence.trace), first, at: time)
        var drafts = [whole]
        for (place, found) in steps.enumerated() {
            var step = sequence.judgement
            step.strategy = .propagated
            step.propagatedFrom = whole.record.id
            if let values = sequence.values { step.value = values[place] }
            // A verdict is about the whole: a step that gets half of an approval is not approved.
            if step.value != sequence.judgement.value { step.verdict = nil }
            if let draft = handedDown(step, to: found, at: time) { drafts.append(draft) }
        }
        return drafts
    }

    /// Nothing where nothing changes.
    private func handedDown(_ judgement: Judgement, to found: FoundSpan, at time: Int64) -> RewardDraft? {
        let body = found.body
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
            return draft(withdrawal, of: target, found, supersedes: earlier.id, at: time)
        }
        if let own, own.authorKind == .human, own.strategy != .propagated { return nil }
        return draft(judgement, of: target, found, supersedes: earlier?.id, at: time)
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
