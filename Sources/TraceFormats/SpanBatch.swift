package import TraceModel

/// What a scanner hands over: the spans of a stretch of a file, in columns, with nothing allocated for each.
///
/// Numbers in `names`, `services` and so on are ids in `strings`; numbers in `traces` and `contexts` are positions in
/// `traceIDs` and `contextTable`. All are of this batch alone.
package struct SpanBatch: Sendable {
    // One element a span.
    package var traces: [UInt32] = []
    package var spanIDs: [UInt64] = []
    package var parentIDs: [UInt64] = []
    package var starts: [Int64] = []
    /// Nanoseconds; zero where running or where the end comes before the start.
    package var durations: [Int64] = []
    package var names: [UInt32] = []
    package var contexts: [UInt32] = []
    /// Where the span's own object or message begins in the file (as unpacked), and how long it is.
    package var offsets: [UInt64] = []
    package var lengths: [UInt32] = []
    package var traits: [SpanTraits] = []

    // Few spans have these; `row` is the position in the columns above.
    package var usage: [(row: UInt32, usage: Usage)] = []
    package var agents: [(row: UInt32, name: UInt32)] = []
    /// Only of spans without a parent, the best-ranked `title` attribute, on one line, at most 120 characters.
    package var titles: [(row: UInt32, text: UInt32)] = []

    package var rewards: [(row: UInt32, value: Float)] = []
    /// Ids of traces in their own systems.
    package var traceNames: [(trace: UInt32, text: UInt32)] = []
    package var sessions: [(trace: UInt32, text: UInt32)] = []
    package var models: [(trace: UInt32, text: UInt32)] = []

    package var traceIDs: [TraceID] = []
    package var contextTable: [SpanContext] = []
    package var logs: [ScannedLog] = []
    package var strings = StringTable()
    package var problems: [ScanProblem] = []
    /// Metric records that were passed over.
    package var metrics = 0
    /// Line ends passed, so that places in later batches of the same file can be given as lines.
    package var lines = 0

    package init() {}

    package var count: Int { spanIDs.count }

    /// Nothing of any trace was found.
    package var isEmpty: Bool { count == 0 && logs.isEmpty }

    /// Makes room for the spans of that many bytes, as traces have them on average.
    mutating func reserve(bytes: Int) {
        guard count == 0 else { return }
        let rows = bytes / 1024
        traces.reserveCapacity(rows)
        spanIDs.reserveCapacity(rows)
        parentIDs.reserveCapacity(rows)
        starts.reserveCapacity(rows)
        durations.reserveCapacity(rows)
        names.reserveCapacity(rows)
        contexts.reserveCapacity(rows)
        offsets.reserveCapacity(rows)
        lengths.reserveCapacity(rows)
        traits.reserveCapacity(rows)
    }
}

/// The resource and scope that spans share: where they stand in the file, and the one thing that lists show of them.
package struct SpanContext: Sendable, Hashable {
    /// Empty where the source has none.
    package var resource: ByteRange
    package var scope: ByteRange
    package var service: UInt32
    /// The places of the spans are those of records in a file of another system's, which they are made of again.
    package private(set) var isOfRecords = false

    package init(ofRecordsFrom service: UInt32) {
        self.init(resource: .empty, scope: .empty, service: service)
        isOfRecords = true
    }

    package init(resource: ByteRange, scope: ByteRange, service: UInt32) {
        self.resource = resource
        self.scope = scope
        self.service = service
    }
}

/// A stretch of a file.
package struct ByteRange: Sendable, Hashable {
    package var offset: UInt64
    package var length: UInt32

    package init(offset: UInt64, length: UInt32) {
        self.offset = offset
        self.length = length
    }

    package static let empty = ByteRange(offset: 0, length: 0)

    /// Goes on to the end of another that stands behind.
    mutating func extend(to other: ByteRange) {
        let end = max(offset + UInt64(length), other.offset + UInt64(other.length))
        length = UInt32(clamping: end - offset)
    }
}

/// A log record that names a trace.
package struct ScannedLog: Sendable {
    package var trace: UInt32
    package var spanID: UInt64
    package var time: Int64
    package var context: UInt32
    package var place: ByteRange

    package init(trace: UInt32, spanID: UInt64, time: Int64, context: UInt32, place: ByteRange) {
        self.trace = trace
        self.spanID = spanID
        self.time = time
        self.context = context
        self.place = place
    }
}

/// Something a scanner could not read. A line is counted from the start of the batch, from 0.
package struct ScanProblem: Sendable, Hashable {
    package var place: Problem.Place
    package var what: String

    package init(place: Problem.Place, what: String) {
        self.place = place
        self.what = what
    }
}
