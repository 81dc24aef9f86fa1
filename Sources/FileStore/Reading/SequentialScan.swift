import TraceFormats
import TraceModel

/// Scans a file that means something only from front to back, window by window. One worker at a time has it.
final class SequentialScan: @unchecked Sendable {
    // Sendable: the pipeline hands it to one worker, and to the next only after that one passed it on.

    /// Scans the file, or what is made of it; of the latter each window by itself.
    private var scanner: any TraceScanner
    /// Translates a file of another system's, and where it is kept then.
    private var translation: (translator: WindowTranslator, spool: TranslationSpool)?
    private var turns = 0
    /// Where the file is kept as it was read, where others write to it.
    private var copy: OpenFile?
    private(set) var position: UInt64 = 0
    /// What is read at once: grows while a single span does not fit.
    private(set) var windowSize: Int
    private let usualSize: Int
    /// Where the last window ended.
    private(set) var lastEnd: UInt64 = 0

    init(_ format: TraceFormat, _ prices: ModelPrices, windowSize: Int) {
        scanner = format.makeScanner(prices)
        self.windowSize = windowSize
        usualSize = windowSize
    }

    /// What is translated at once at the most: what comes of it takes several times as much, and is best kept close.
    private static let translated = 256 << 10

    /// Of a file that has to be translated; nothing of any other.
    init?(
        _ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices, into spool: TranslationSpool,
        copy: OpenFile? = nil, windowSize: Int
    ) {
        guard let translator = WindowTranslator(format, source, prices) else { return nil }
        translation = (translator, spool)
        self.copy = copy
        scanner = format.makeScanner(prices)
        usualSize = min(windowSize, Self.translated)
        self.windowSize = usualSize
    }

    /// Where a file of another system's is kept once it is translated.
    var spool: TranslationSpool? { translation?.spool }

    /// Scans on. `end` is what there is of the file so far; with `isWhole` there will be no more. `passOn` is called when
    /// another worker may go on, before this one is done with its window.
    func scan(
        _ file: OpenFile, end: UInt64, isWhole: Bool, buffer: inout ScanBuffer,
        passOn: (_ isFinished: Bool) -> Void = { _ in }
    ) throws(SystemError) -> Step {
        let length = Int(min(UInt64(windowSize), end - position))
        buffer.reserve(length)
        let count = try file.read(into: buffer[0, count: length], at: position)
        lastEnd = position + UInt64(count)
        let isCutShort = count < length
        let isLast = isCutShort || (isWhole && position + UInt64(count) >= end)
        let window = buffer.window(count)
        var batch = SpanBatch()
        let translated = translation?.translator.take(window, at: position, isLast: isLast, into: &batch)
        let used = translated?.used ?? scanner.scan(window, at: position, isLast: isLast, into: &batch)
        try copy?.write(UnsafeRawBufferPointer(rebasing: window[..<used]), at: position)
        position += UInt64(used)
        if used == 0, !isLast {
            if count == windowSize { windowSize *= 2 }
        } else if windowSize > usualSize {
            windowSize = usualSize
            buffer.shrink(to: usualSize)
        }
        let end = position
        let kept = translation.map { (spool: $0.spool, turn: turns, scanner: scanner) }
        turns += 1
        passOn(isLast)
        if var kept, let output = translated?.output {
            output.take(with: &kept.scanner, into: &batch) { [spool = kept.spool, turn = kept.turn] in
                spool.keep($0, turn: turn)
            }
        }
        return Step(batch: batch, bytes: UInt64(used), end: end, isFinished: isLast, isCutShort: isCutShort)
    }

    struct Step {
        var batch: SpanBatch
        var bytes: UInt64
        /// Where it ended in the file.
        var end: UInt64
        var isFinished: Bool
        /// The file ended before it should have.
        var isCutShort: Bool
    }
}
