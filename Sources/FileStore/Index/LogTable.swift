/// The logs of an index, in the order of the files. Those of a trace are looked for only where some may be.
struct LogTable: Sendable {
    private(set) var rows = ChunkedArray<LogRow>()
    /// Of each chunk of the rows.
    private var ranges: [TraceRange] = []

    init() {}

    init(_ rows: ChunkedArray<LogRow>) {
        self.rows = rows
        ranges = rows.chunks.map { chunk in chunk.reduce(into: .none) { $0.take($1.trace) } }
    }

    var count: Int { rows.count }

    mutating func append(_ row: LogRow) {
        rows.append(row)
        if ranges.count < rows.chunks.count { ranges.append(.none) }
        ranges[ranges.count - 1].take(row.trace)
    }

    /// Calls `body` with each log of a trace.
    func forEach<Failure: Error>(of trace: UInt32, _ body: (LogRow) throws(Failure) -> Void) throws(Failure) {
        for (chunk, range) in zip(rows.chunks, ranges) where range.mayHave(trace) {
            for row in chunk where row.trace == trace { try body(row) }
        }
    }

    /// The same logs with `traces[n]` for trace number n.
    func renumbered(traces: [UInt32]) -> LogTable {
        var table = LogTable()
        for chunk in rows.chunks {
            for row in chunk { table.append(row.renumbered(trace: traces[Int(row.trace)])) }
        }
        return table
    }
}
