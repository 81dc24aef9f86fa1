package import TraceAnalysis
package import TraceModel

/// A trace as it is judged: what a person has to see of it, and what was judged of it so far.
package struct ReviewItem: Sendable {
    package let trace: TraceID
    package let table: SpanTable
    package let digest: TraceDigest
    /// The judgements of this trace alone.
    package internal(set) var book = RewardBook()

    package init(_ table: SpanTable, _ digest: TraceDigest, _ records: [RewardRecord]) {
        trace = table.trace
        self.table = table
        self.digest = digest
        for record in records { book.add(record) }
    }

    /// Where the span is that stands for the whole.
    package var root: SpanRef? { table.count == 0 ? nil : table.refs[TraceDigest.root(of: table)] }

    /// The author's newest judgement of a span, or without one of the whole.
    package func own(_ span: SpanID?, by author: String) -> RewardRecord? {
        book.standing(of: trace).last { $0.author == author && isOf(span, $0) }
    }

    /// The judgement that counts of a span, or without one of the whole.
    package func effective(_ span: SpanID?) -> RewardRecord? {
        RewardBook.effective(book.standing(of: trace).filter { $0.value != nil && isOf(span, $0) })
    }

    /// The whole is judged as a trace, or where its source knows its root as something of its own, as that.
    private func isOf(_ span: SpanID?, _ record: RewardRecord) -> Bool {
        guard let span else {
            if case .sequence = record.target { return false }
            guard let judged = record.target.span else { return true }
            if case .span = record.target { return false }
            return table.count > 0 && judged == table.ids[TraceDigest.root(of: table)]
        }
        return record.target.span == span
    }
}
