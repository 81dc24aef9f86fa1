import TraceFormats

/// A file on its way through the pipeline.
struct FileJob: Sendable {
    enum Stage: Sendable {
        case waiting
        /// A worker looks what it is.
        case opening
        /// Its spool is being filled, and what it holds is not known yet.
        case arriving
        case lines
        case sequence(SequentialScan)
        /// In chunks of lines as well, and something remains for the end.
        case records(RecordScan)
        /// Nothing more will come of it.
        case closed
    }

    let number: UInt32
    let found: FoundFile
    var stage = Stage.waiting

    /// What is scanned: the file, or its spool.
    var content: OpenFile?
    /// Bytes of the content, those up to the last line end, and whether that is all.
    var available: UInt64 = 0
    var lineEnd: UInt64 = 0
    var isComplete = false
    /// Bytes of the source count as read when they are scanned, or else when the spool is filled.
    var countsBytes = true

    var filler: SpoolFiller?
    var isFilling = false
    /// The next chunk of lines begins here.
    var nextOffset: UInt64 = 0
    private(set) var chunks = 0
    /// Chunks of records that workers are at.
    var chunksAtWork = 0
    var isScanning = false

    /// Work is numbered as it is handed out, and taken in by number.
    var nextWork = 0
    var nextDelivery = 0
    var ready: [Int: Delivery] = [:]

    init(number: UInt32, found: FoundFile) {
        self.number = number
        self.found = found
    }

    /// Handed out and not yet taken in.
    var underway: Int { nextWork - nextDelivery }

    var isDone: Bool {
        if case .closed = stage { return underway == 0 && !isFilling }
        return false
    }

    /// The next stretch of lines to scan, as far as they have arrived.
    mutating func nextChunk(first: Int, usual: Int) -> LineChunk? {
        let size = UInt64(nextWork <= 4 ? first : usual)
        let end = isComplete ? available : lineEnd
        guard nextOffset < end else { return nil }
        let range = nextOffset..<min(nextOffset + size, end)
        nextOffset = range.upperBound
        chunks += 1
        return LineChunk(range: range, end: available, isEndOfFile: isComplete)
    }

    /// Whoever takes the next chunk may have to wait for the one before.
    var isInTurns: Bool {
        if case .records(let scan) = stage { return scan.isInOrder && chunksAtWork > 0 }
        return false
    }

    /// All chunks were handed out.
    var isChunked: Bool { isComplete && nextOffset >= available }

    /// Hands out no more chunks.
    mutating func stopChunking() {
        isComplete = true
        available = nextOffset
    }

    /// Whether a window of this size has arrived.
    ///
    /// Of a stream whatever has arrived will do: the next may be long in coming.
    func hasWindow(of scan: SequentialScan) -> Bool {
        isComplete || available >= scan.position + UInt64(scan.windowSize)
            || (found.kind == .stream && available > scan.lastEnd)
    }

    /// A window is scanned as far as the next need not wait for it.
    mutating func pass(isFinished: Bool) {
        isScanning = false
        if isFinished { stage = .closed }
    }

    /// Puts a delivery in the queue behind all that was handed out.
    mutating func enqueue(_ delivery: Delivery) {
        ready[nextWork] = delivery
        nextWork += 1
    }
}
