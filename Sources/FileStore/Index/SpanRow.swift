import TraceFormats
import TraceModel

/// One span of an index, taken out of its columns.
struct SpanRow: Sendable {
    var spanID: UInt64
    var parentID: UInt64
    var start: Int64
    var duration: Int64
    var trace: UInt32
    var name: UInt32
    var context: UInt32
    var place: ByteRange
    var traits: SpanTraits
    var hasUsage: Bool

    /// Zero where it has not ended.
    var end: Int64 { traits.isRunning ? 0 : start.addingCapped(duration) }

    init(_ columns: SpanColumns, at row: Int) {
        spanID = columns.spanIDs[row]
        parentID = columns.parentIDs[row]
        start = columns.starts[row]
        duration = columns.durations[row]
        trace = columns.traces[row]
        name = columns.names[row]
        context = columns.contexts[row]
        place = ByteRange(offset: columns.offset(at: row), length: columns.lengths[row])
        traits = SpanTraits(rawValue: columns.traits[row] & ~SpanColumns.hasUsage)
        hasUsage = columns.traits[row] & SpanColumns.hasUsage != 0
    }
}
