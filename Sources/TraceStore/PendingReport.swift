package import TraceModel

/// The judgements of what is open that their sources do not have yet.
package struct PendingReport: Sendable, Equatable {
    /// In the order in which they were made.
    package let judgements: [PendingJudgement]
    private let spans: Set<Span>
    private let traces: Set<TraceID>

    private struct Span: Hashable {
        var trace: TraceID
        var span: SpanID
    }

    package init(_ judgements: [PendingJudgement] = []) {
        self.judgements = judgements.sorted {
            ($0.record.createdAt, $0.record.id) < ($1.record.createdAt, $1.record.id)
        }
        spans = Set(
            judgements.compactMap { judgement in
                let target = judgement.record.target
                return target.span.map { Span(trace: target.trace, span: $0) }
            })
        traces = Set(judgements.map(\.record.target.trace))
    }

    package var count: Int { judgements.count }

    /// Whether the trace, or anything in it, waits.
    package func contains(_ trace: TraceID) -> Bool { traces.contains(trace) }

    /// Whether a judgement of the span waits; of a root also one of its trace.
    package func contains(_ span: SpanID, in trace: TraceID, isRoot: Bool = false) -> Bool {
        guard traces.contains(trace) else { return false }
        if spans.contains(Span(trace: trace, span: span)) { return true }
        return isRoot && judgements.contains { $0.record.target.trace == trace && $0.record.target.span == nil }
    }
}
