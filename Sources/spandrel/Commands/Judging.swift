import Explorer
import Judgements
import TraceModel
import TraceStore

/// Does for real what the explorer asks for when a person judges.
struct Judging {
    private let store: JudgedStore
    private let author: String

    init(_ store: JudgedStore, by author: String) {
        self.store = store
        self.author = author
    }

    func judge(_ request: JudgementRequest) async throws(StoreError) -> JudgementOutcome {
        let receipt: JudgementReceipt
        let word: String
        switch request.decision {
        case .retry: return await retry(request)
        case .undo:
            receipt = try await store.undo()
            word = "taken back"
        case .redo:
            receipt = try await store.redo()
            word = "holds again"
        case .approve, .reject, .grade:
            let isApproval = request.decision == .approve
            var judgement = Judgement(
                value: isApproval ? 1 : 0, verdict: isApproval ? .approve : .reject, author: author)
            word = isApproval ? "approved" : "rejected"
            if case .grade(let value) = request.decision {
                judgement = Judgement(value: value, verdict: nil, author: author)
            }
            let span = try await span(of: request)
            receipt = try await store.judge(span, isWhole: request.span == nil, judgement)
            if case .grade(let value) = request.decision {
                return outcome(receipt, "\(value)")
            }
        }
        return outcome(receipt, word)
    }

    private func outcome(_ receipt: JudgementReceipt, _ word: String) -> JudgementOutcome {
        JudgementOutcome(
            trace: receipt.record.target.trace, traceReward: receipt.trace, span: receipt.record.target.span,
            spanReward: receipt.value,
            text: receipt.pending.map { "\(word), kept in the journal and tried again: \($0)" }
                ?? "\(word) → \(receipt.place)", pending: store.pending)
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
        if let span = request.span { return span }
        let spans = try await store.spans(of: request.trace)
        guard spans.count > 0 else { throw StoreError("the trace has no spans") }
        return spans.refs[spans.parents.firstIndex(where: \.isZero) ?? 0]
    }
}
