import TraceFormats

/// A log record that names a trace.
struct LogRow: Sendable {
    var spanID: UInt64
    var time: Int64
    var offset: UInt64
    var length: UInt32
    /// The store's number of the trace.
    var trace: UInt32
    var context: UInt32
    /// So that a row has no bytes of which nobody knows the value: rows are written to the cache as they are.
    private var padding: UInt32 = 0

    init(_ log: ScannedLog, trace: UInt32, context: UInt32) {
        spanID = log.spanID
        time = log.time
        offset = log.place.offset
        length = log.place.length
        self.trace = trace
        self.context = context
    }

    var place: ByteRange { ByteRange(offset: offset, length: length) }

    func renumbered(trace: UInt32) -> LogRow {
        var row = self
        row.trace = trace
        return row
    }
}
