import Explorer
import Judgements
import Session
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

    /// Requests of one stroke are of one decision.
    func judge(_ requests: [JudgementRequest]) async throws(StoreError) -> [JudgementOutcome] {
        guard let request = requests.first else { return [] }
        var outcomes: [JudgementOutcome]
        if case .gradeSequence = request.decision {
            outcomes = try await handDown(requests)
        } else {
            outcomes = try await requests.count > 1 ? keepTogether(requests) : keep(request)
        }
        outcomes[0].pending = store.pending
        for index in outcomes.indices { outcomes[index].decision = request.decision }
        return outcomes
    }

    private func keep(_ request: JudgementRequest) async throws(StoreError) -> [JudgementOutcome] {
        switch request.decision {
        case .retry: return [await retry(request)]
        case .undo: return outcomes(try await store.undo(), "taken back")
        case .redo:
            let receipt = try await store.redo()
            return outcomes(receipt, "again " + word(receipt.record))
        case .clear:
            let span = try await span(of: request)
            return outcomes(try await store.clear(span, isWhole: request.span == nil, by: author), "cleared")
        case .handDown(let handDown): return try await hand([(handDown, request)])
        case .gradeSequence: return try await handDown([request])
        case .reweigh(let reweighings):
            let receipt = try await store.reweigh(reweighings, by: author)
            return outcomes(receipt, "\(reweighings.count) weighed anew")
        case .approve, .reject, .grade, .skip, .note:
            let span = try await span(of: request)
            let receipt = try await store.judge(
                span, isWhole: request.span == nil, by: author, replacesLast: request.replacesLast
            ) { $0.take(request) }
            return outcomes(receipt, request.decision == .note ? "noted" : word(receipt.record))
        }
    }

    private func keepTogether(_ requests: [JudgementRequest]) async throws(StoreError) -> [JudgementOutcome] {
        var spans: [(span: SpanRef, isWhole: Bool)] = []
        for request in requests { spans.append((try await span(of: request), request.span == nil)) }
        let receipts = try await store.judge(spans, by: author) { $0.take(requests[0]) }
        let held = receipts.filter { $0.refusal == nil }
        guard let first = held.first else { throw StoreError(receipts.lazy.compactMap(\.refusal).first ?? "") }
        let word = word(first.record)
        var text = first.record.verdict == nil ? "\(word) to \(held.count)" : "\(held.count) \(word)"
        let waiting = held.compactMap(\.pending)
        if let reason = waiting.first {
            text += ", \(waiting.count) of them kept in the journal and tried again: \(reason)"
        } else {
            text += " → " + (Set(held.map(\.place)).count == 1 ? first.place : "\(Set(held.map(\.place)).count) files")
        }
        let refusals = receipts.compactMap(\.refusal)
        if let reason = refusals.first { text += "; \(refusals.count) refused: \(reason)" }
        return held.map { outcome($0, text) }
    }

    // MARK: Sequences

    private func handDown(_ requests: [JudgementRequest]) async throws(StoreError) -> [JudgementOutcome] {
        var found: [(HandDown, JudgementRequest)] = []
        for request in requests {
            guard case .gradeSequence(let grade) = request.decision else { continue }
            found.append((try await handDown(grade, request), request))
        }
        return try await hand(found)
    }

    private func hand(_ handDowns: [(HandDown, JudgementRequest)]) async throws(StoreError) -> [JudgementOutcome] {
        let receipt = try await store.judge(
            handDowns.map { handDown, request in
                var judgement = Judgement(value: handDown.worth, verdict: nil, author: author)
                judgement.strategy = .terminal
                judgement.labels = [handDown.propagation.description] + (request.labels ?? [])
                judgement.comment = request.comment ?? ""
                return .init(
                    handDown.sequence, in: request.trace, handDown.spans, judgement, handingDown: handDown.values)
            })
        let given = handDowns.reduce(0) { $0 + $1.0.values.count { $0 != nil } }
        let steps = handDowns.reduce(0) { $0 + $1.0.spans.count }
        let way = handDowns.first.map { "\(Figures.reward($0.0.worth)) \($0.0.propagation)" } ?? ""
        return outcomes(receipt, "\(way) to \(given) of \(steps) steps")
    }

    /// Finds the steps: those that were picked, else those of the sequence that the span is in, else all of the trace.
    private func handDown(
        _ grade: SequenceGrade, _ request: JudgementRequest
    ) async throws(StoreError) -> HandDown {
        let isOfAgent = request.span != nil && grade.picked.isEmpty
        let sequences = try await SequenceReader.sequences(
            of: request.trace, named: grade.traceName, scope: isOfAgent ? .agent : .pipeline, from: store)
        var found: RewardSequence?
        if isOfAgent {
            found = sequences.first { $0.steps.contains { $0.ref == request.span } }
        } else if grade.picked.isEmpty {
            found = sequences.max { $0.steps.count < $1.steps.count }
        } else {
            found = sequences.lazy.map { $0.picked(Set(grade.picked)) }.first { !$0.steps.isEmpty }
        }
        guard let found else {
            throw StoreError("no step of a sequence is there: a triplet, or a call of a model or a tool")
        }
        let values = grade.propagation.values(of: grade.worth, over: found.steps.map(\.weight))
        return HandDown(
            sequence: found.id, spans: found.steps.map(\.ref), values: values, worth: grade.worth,
            propagation: grade.propagation)
    }

    private func word(_ record: RewardRecord) -> String {
        switch record.verdict {
        case .approve: "approved"
        case .reject: "rejected"
        case .skip: "skipped"
        default: record.value.map { Figures.reward($0) } ?? "noted"
        }
    }

    /// Of a judgement, and of what was kept with it.
    private func outcomes(_ receipt: JudgementReceipt, _ word: String) -> [JudgementOutcome] {
        [outcome(receipt, text(receipt, word))] + receipt.others.map { outcome($0, "") }
    }

    private func text(_ receipt: JudgementReceipt, _ word: String) -> String {
        receipt.pending.map { "\(word), kept in the journal and tried again: \($0)" } ?? "\(word) → \(receipt.place)"
    }

    private func outcome(_ receipt: JudgementReceipt, _ text: String) -> JudgementOutcome {
        JudgementOutcome(
            trace: receipt.record.target.trace, traceReward: receipt.trace, span: receipt.record.target.span,
            spanReward: receipt.value, text: text, record: receipt.record)
    }

    private func retry(_ request: JudgementRequest) async -> JudgementOutcome {
        let tally = await store.retry()
        var words = ["\(tally.reached) of \(tally.reached + tally.left + tally.refused.count) reached their source"]
        words += tally.refused
        return JudgementOutcome(
            trace: request.trace, traceReward: nil, span: nil, spanReward: nil, text: words.joined(separator: "; "))
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
        case .note, .clear, .undo, .redo, .retry, .handDown, .gradeSequence, .reweigh: break
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
