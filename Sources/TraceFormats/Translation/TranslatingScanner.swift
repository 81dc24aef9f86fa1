package import TraceModel

/// Scans a file of another system's: translates it, and scans what comes of it, which is not kept.
///
/// Places in the batches are places in what comes of it, not in the file, but for records that stand for themselves. The
/// same file always gives the same bytes, however it is cut into windows, so that it can be made again.
package struct TranslatingScanner: TraceScanner {
    private var translator: WindowTranslator
    private var scanner: any TraceScanner
    private var length: UInt64 = 0

    /// Nothing for a format that is not translated.
    package init?(_ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices) {
        guard let translator = WindowTranslator(format, source, prices) else { return nil }
        self.translator = translator
        scanner = format.makeScanner(prices)
    }

    package mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        let (used, output) = translator.take(window, at: offset, isLast: isLast, into: &batch)
        var end = length
        output.take(with: &scanner, into: &batch) { [length] bytes in
            end += UInt64(bytes.count)
            return length
        }
        length = end
        return used
    }
}
