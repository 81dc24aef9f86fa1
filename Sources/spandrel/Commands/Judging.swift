import Explorer
import Judgements
import TraceAnalysis
import TraceModel
import TraceStore

/// Does for real what the explorer asks for when a person judges.
nonisolated struct Judging {
    private let store: JudgedStore
    private let author: String

    init(_ store: JudgedStore, by author: String) {
        self.store = store
        self.author = author
    }

    func judge(_ request: JudgementRequest) async throws(StoreError) -> JudgementOutcome {
        var outcome = try await keep(request)
        outcome.decision = request.decision
        return outcome
    }

    private func keep(_ request: JudgementRequest) async throws(StoreError) -> JudgementOutcome {
        switch request.decision {
        case .retry: return await retry(request)
        case .undo: return outcome(try await store.undo(), "taken back")
        case .redo:
            let receipt = try await store.redo()
            return outcome(receipt, "again " + word(receipt.record))
        case .clear:
            let span = try await span(of: request)
            return outcome(try await store.clear(span, isWhole: request.span == nil, by: author), "cleared")
        case .handDown(let handDown):
            var judgement = Judgement(value: handDown.worth, verdict: nil, author: author)
            judgement.strategy = .terminal
            judgement.labels = [handDown.propagation.description]
            let receipt = try await store.judge(
                sequence: handDown.sequence, in: request.trace, handDown.spans, judgement, handingDown: handDown.values)
            let count = handDown.values.count { $0 != nil }
            return outcome(receipt, "\(handDown.propagation) to \(count) of \(handDown.spans.count) steps")
        case .approve, .reject, .grade, .skip, .note:
            let span = try await span(of: request)
            let receipt = try await store.judge(
                span, isWhole: request.span == nil, by: author, replacesLast: request.replacesLast
            ) { $0.take(request) }
            return outcome(receipt, request.decision == .note ? "noted" : word(receipt.record))
        }
    }

    private func word(_ record: RewardRecord) -> String {
        switch record.verdict {
        case .approve: "approved"
        case .reject: "rejected"
        case .skip: "skipped"
        default: record.value.map { Figures.reward($0) } ?? "noted"
        }
    }

    private func outcome(_ receipt: JudgementReceipt, _ word: String) -> JudgementOutcome {
        JudgementOutcome(
            trace: receipt.record.target.trace, traceReward: receipt.trace, span: receipt.record.target.span,
            spanReward: receipt.value,
            text: receipt.pending.map { "\(word), kept in the journal and tried again: \($0)" }
                ?? "\(word) → \(receipt.place)", record: receipt.record, pending: store.pending)
    }

    private func retry(_ request: JudgementRequest) async -> JudgementOutcome {
        let tally = await store.retry()
        var words = ["\(tally.reached) of \(tally.reached + tally.left + tally.refused.count) reached their source"]
        words += tally.refused
        return JudgementOutcome(
            trace: request.trace, traceReward: nil, span: nil, spanReward: nil, text: words.joined(separator: "; "),
            pending: store.pending)
    }

    /// Of a trace, its root.
    private func span(of request: JudgementRequest) async throws(StoreError) -> SpanRef {
        if let span = request.span ?? request.root { return span }
        let spans = try await store.spans(of: request.trace)
        guard spans.count > 0 else { throw StoreError("the trace has no spans") }
        return spans.refs[spans.parents.firstIndex(where: \.isZero) ?? 0]
    }
}

nonisolated extension Judgement {
    /// From what its author said before to what they say now. A decision does away with the words of an earlier one; words
    /// that came without any are taken to be about this.
    fileprivate mutating func take(_ request: JudgementRequest) {
        let wasDecided = value != nil || verdict != nil
        switch request.decision {
        case .approve: (value, verdict) = (request.value ?? 1, .approve)
        case .reject: (value, verdict) = (request.value ?? 0, .reject)
        case .grade(let grade): (value, verdict) = (grade, nil)
        case .skip: (value, verdict) = (nil, .skip)
        case .note, .clear, .undo, .redo, .retry, .handDown: break
        }
        let isNote = request.decision == .note
        if !isNote, !request.replacesLast {
            if wasDecided { (comment, labels, correction) = ("", [], nil) }
            dimensions = request.dimensions
        }
        // Words on what was decided elsewhere do not make it a decision of this queue.
        if !isNote || !wasDecided {
            (rubric, queue, contentHash) = (request.rubric, request.queue, request.contentHash)
        }
        elapsed = request.elapsed ?? elapsed
        comment = request.comment ?? comment
        labels = request.labels ?? labels
        if let correction = request.correction { self.correction = correction.isEmpty ? nil : correction }
    }
}
