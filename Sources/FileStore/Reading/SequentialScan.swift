import TraceFormats
import TraceModel

/// Scans a file that means something only from front to back, window by window. One worker at a time has it.
final class SequentialScan: @unchecked Sendable {
    // Sendable: the pipeline hands it to one worker, and to the next only after that one gave it back.

    private var scanner: any TraceScanner
    /// Where a file of another system's is kept once it is translated.
    let spool: TranslationSpool?
    private(set) var position: UInt64 = 0
    /// What is read at once: grows while a single span does not fit.
    private(set) var windowSize: Int
    private let usualSize: Int
    /// Where the last window ended.
    private(set) var lastEnd: UInt64 = 0

    init(_ format: TraceFormat, _ prices: ModelPrices, windowSize: Int) {
        scanner = format.makeScanner(prices)
        spool = nil
        self.windowSize = windowSize
        usualSize = windowSize
    }

    /// Of a file that has to be translated.
    init(_ scanner: TranslatingScanner, into spool: TranslationSpool, windowSize: Int) {
        self.scanner = scanner
        self.spool = spool
        self.windowSize = windowSize
        usualSize = windowSize
    }

    /// Scans on. `end` is what there is of the file so far; with `isWhole` there will be no more.
    func scan(
        _ file: OpenFile, end: UInt64, isWhole: Bool, buffer: inout ScanBuffer
    ) throws(SystemError) -> Step {
        let length = Int(min(UInt64(windowSize), end - position))
        buffer.reserve(length)
        let count = try file.read(into: buffer[0, count: length], at: position)
        lastEnd = position + UInt64(count)
        let isCutShort = count < length
        let isLast = isCutShort || (isWhole && position + UInt64(count) >= end)
        var batch = SpanBatch()
        let used = scanner.scan(buffer.window(count), at: position, isLast: isLast, into: &batch)
        position += UInt64(used)
        if used == 0, !isLast {
            if count == windowSize { windowSize *= 2 }
        } else if windowSize > usualSize {
            windowSize = usualSize
            buffer.shrink(to: usualSize)
        }
        return Step(batch: batch, bytes: UInt64(used), isFinished: isLast, isCutShort: isCutShort)
    }

    struct Step {
        var batch: SpanBatch
        var bytes: UInt64
        var isFinished: Bool
        /// The file ended before it should have.
        var isCutShort: Bool
    }
}
