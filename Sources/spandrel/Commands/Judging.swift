import Explorer
import Judgements
import TraceAnalysis
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
        case .undo:
            receipt = try await store.undo()
            word = "taken back"
        case .handDown(let handDown):
            var judgement = Judgement(value: handDown.worth, verdict: nil, author: author)
            judgement.strategy = .terminal
            judgement.labels = [handDown.propagation.description]
            receipt = try await store.judge(
                sequence: handDown.sequence, in: request.trace, handDown.spans, judgement, handingDown: handDown.values)
            let count = handDown.values.count { $0 != nil }
            word = "\(handDown.propagation) to \(count) of \(handDown.spans.count) steps"
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
            spanReward: receipt.value, text: "\(word) → \(receipt.place)")
    }

    /// Of a trace, its root.
    private func span(of request: JudgementRequest) async throws(StoreError) -> SpanRef {
        if let span = request.span { return span }
        let spans = try await store.spans(of: request.trace)
        guard spans.count > 0 else { throw StoreError("the trace has no spans") }
        return spans.refs[spans.parents.firstIndex(where: \.isZero) ?? 0]
    }
}
