package import TraceModel

/// Scans a file of another system's: translates it, and scans what comes of it.
///
/// Places in the batches are places in what comes of it, not in the file. The same file always gives the same bytes,
/// however it is cut into windows, so that what was not kept can be made again.
package struct TranslatingScanner: TraceScanner {
    private var reader: TranslationReader
    private var scanner: any TraceScanner
    private let keep: (UnsafeRawBufferPointer) -> Void
    private var length: UInt64 = 0

    /// Nothing for a format that is not translated. `keep` is lent what comes of the file, piece by piece.
    package init?(
        _ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices = ModelPrices(),
        keep: @escaping (UnsafeRawBufferPointer) -> Void = { _ in }
    ) {
        guard let reader = TranslationReader(format, source) else { return nil }
        self.reader = reader
        self.keep = keep
        scanner = format.makeScanner(prices)
    }

    package mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        var output = TranslationOutput()
        let used = reader.take(window, at: offset, isLast: isLast, into: &output)
        var end = length
        output.take(with: &scanner, into: &batch) { [keep, length] bytes in
            keep(bytes)
            end += UInt64(bytes.count)
            return length
        }
        length = end
        return used
    }
}
