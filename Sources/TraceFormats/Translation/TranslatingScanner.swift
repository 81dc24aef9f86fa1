package import TraceModel

/// Scans a file of another system's: translates it, and scans what comes of it, which is not kept.
///
/// Places in the batches are places in what comes of it, not in the file. The same file always gives the same bytes,
/// however it is cut into windows, so that it can be made again.
package struct TranslatingScanner: TraceScanner {
    private var reader: TranslationReader
    private var scanner: any TraceScanner
    private var length: UInt64 = 0

    /// Nothing for a format that is not translated.
    package init?(_ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices) {
        guard let reader = TranslationReader(format, source) else { return nil }
        self.reader = reader
        scanner = format.makeScanner(prices)
    }

    package mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        var output = TranslationOutput()
        let used = reader.take(window, at: offset, isLast: isLast, into: &output)
        var end = length
        output.take(with: &scanner, into: &batch) { [length] bytes in
            end += UInt64(bytes.count)
            return length
        }
        length = end
        return used
    }
}
