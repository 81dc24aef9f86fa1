import TraceModel

/// Where the records of a trace are written: at the spans that they are of, else at its root.
struct RecordPlaces {
    private let spans: [SpanID: SpanRef]
    private let root: SpanRef?

    init(_ table: SpanTable) {
        spans = Dictionary(zip(table.ids, table.refs), uniquingKeysWith: { first, _ in first })
        root = table.refs.isEmpty ? nil : table.refs[table.parents.firstIndex(where: \.isZero) ?? 0]
    }

    /// Nothing where the span is not there any more.
    func place(of record: RewardRecord) -> SpanRef? { record.target.span.map { spans[$0] } ?? root }
}
