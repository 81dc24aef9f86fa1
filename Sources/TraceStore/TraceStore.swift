package import TraceModel

/// What every source of traces offers: files, a database, a collector. The rest of the program knows no other.
package protocol TraceStore: Sendable {
    /// Begins to read, once. Each element is a newer state of everything so far; the last has `progress.isFinished`,
    /// after which the stream ends. A slow consumer is handed the newest state only.
    func read() -> AsyncStream<StoreState>

    /// Stops reading. What has arrived stays and is usable.
    func cancelReading()

    /// The spans of a trace that have arrived so far.
    func spans(of trace: TraceID) async throws(StoreError) -> SpanTable

    /// All that a span says, read from its source now. With `limit`, a body of more bytes than that is refused.
    func body(of span: SpanRef, limit: Int?) async throws(StoreError) -> SpanBody

    /// The same of several spans, in their order; cheaper than one by one.
    func bodies(of spans: [SpanRef], limit: Int?) async -> [Result<SpanBody, StoreError>]

    /// The bytes a span is kept as, at most `limit` of them.
    func raw(of span: SpanRef, limit: Int) async throws(StoreError) -> RawSpan

    /// The log records of one span, or with a zero id those that name only the trace.
    func logs(of span: SpanID, in trace: TraceID) async throws(StoreError) -> [LogRecord]

    /// The newest spans, at most `limit` of them: of all, or of those that came after an earlier feed. What it costs
    /// depends on them alone.
    func feed(after cursor: SpanFeed.Cursor?, limit: Int) async -> SpanFeed

    /// Every reward that stands: those that came with the spans, and those that were given here.
    func rewards() async -> RewardTable

    /// Searches names, attribute keys and values, events, status messages and logs; of one trace, or of all.
    /// `found` is called with each batch of matches, in no order. Ends early when its task is cancelled.
    func find(
        _ needle: SearchText, in trace: TraceID?, found: @escaping @Sendable ([SpanMatch]) -> Void
    ) async throws(StoreError)
}

extension TraceStore {
    /// Calls `take` with the number of each span and all that it says, in their order. They are read a stretch ahead, so that
    /// few are held at once. Throws when its task is cancelled, so that nobody takes some for all.
    package func forEachBody(
        of spans: [SpanRef], limit: Int? = nil,
        _ take: (Int, Result<SpanBody, StoreError>) throws(StoreError) -> Void
    ) async throws(StoreError) {
        let stretch = 256
        var bodies = await bodies(of: Array(spans.prefix(stretch)), limit: limit)
        var first = 0
        while !bodies.isEmpty {
            if Task.isCancelled { throw StoreError("reading was stopped") }
            let wanted = Array(spans.dropFirst(first + stretch).prefix(stretch))
            async let next = self.bodies(of: wanted, limit: limit)
            for (place, body) in bodies.enumerated() { try take(first + place, body) }
            first += stretch
            bodies = await next
        }
    }
}

/// Everything that a store knows so far.
package struct StoreState: Sendable {
    package var traces: TraceTable
    package var progress: ReadProgress
    package var problems: ProblemReport
    /// How often any reward changed.
    package var rewardsVersion: UInt32 = 0
    /// What was judged and is not where it belongs yet.
    package var pending = PendingReport()

    package init(
        traces: TraceTable = TraceTable(), progress: ReadProgress = ReadProgress(),
        problems: ProblemReport = ProblemReport()
    ) {
        self.traces = traces
        self.progress = progress
        self.problems = problems
    }
}

/// How far reading has come.
package struct ReadProgress: Sendable, Equatable {
    package var bytesRead: UInt64 = 0
    /// Nothing where it cannot be known, as on standard input.
    package var bytesTotal: UInt64?
    package var bytesPerSecond: Double = 0
    package var spans = 0
    package var logs = 0
    /// Metric records that were passed over.
    package var metrics = 0
    /// Files read and found so far.
    package var filesRead = 0
    package var filesFound = 0
    package var isFinished = false
    package var isCancelled = false

    package init() {}
}

/// What could not be read: the first problems in full, and a count of all.
package struct ProblemReport: Sendable, Equatable {
    /// As many as a person would look at; `count` goes on.
    package static let kept = 1000

    package private(set) var first: [Problem] = []
    package private(set) var count = 0

    package init() {}

    package mutating func add(_ problem: Problem) {
        if first.count < Self.kept { first.append(problem) }
        count += 1
    }

    /// Counts problems whose places nobody kept.
    package mutating func add(uncounted: Int) {
        count += uncounted
    }
}

/// A span's bytes as they stand in its source.
package struct RawSpan: Sendable, Equatable {
    package enum Encoding: Sendable, Equatable { case json, protobuf }

    package var encoding: Encoding
    package var file: String
    package var offset: UInt64
    /// Of the whole span; `bytes` may be fewer.
    package var length: Int
    package var bytes: [UInt8]

    package init(encoding: Encoding, file: String, offset: UInt64, length: Int, bytes: [UInt8]) {
        self.encoding = encoding
        self.file = file
        self.offset = offset
        self.length = length
        self.bytes = bytes
    }
}

/// A span that a search found.
package struct SpanMatch: Sendable, Hashable {
    package var trace: TraceID
    package var span: SpanRef

    package init(trace: TraceID, span: SpanRef) {
        self.trace = trace
        self.span = span
    }
}

/// Why a store could not do what it was asked.
package struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened, where, and what to do.
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}
