package import TraceModel

/// Scans a file of another system's: translates it, keeps what comes of it, and scans that.
///
/// Places in the batches are places in what is kept, not in the file. The same file always gives the same bytes, however
/// it is cut into windows, so that what was not kept can be made again.
package struct TranslatingScanner: TraceScanner {
    private var reader: TranslationReader
    private var scanner: any TraceScanner
    private let keep: (UnsafeRawBufferPointer) -> Void
    /// Bytes kept so far.
    package private(set) var length: UInt64 = 0

    /// Nothing for a format that is not translated. `keep` is handed what is to be kept, piece by piece.
    package init?(
        _ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices = ModelPrices(),
        keep: @escaping (UnsafeRawBufferPointer) -> Void
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
        length += Self.keep(output, at: length, scanner: &scanner, keep, into: &batch)
        return used
    }

    /// Keeps and scans what a translator handed over. Returns how many bytes that is.
    package static func keep(
        _ output: TranslationOutput, at offset: UInt64, scanner: inout any TraceScanner,
        _ keep: (UnsafeRawBufferPointer) -> Void, into batch: inout SpanBatch
    ) -> UInt64 {
        var writer = ProtobufWriter()
        for span in output.spans { TranslatedFields.write(span, onto: &writer) }
        for log in output.logs { TranslatedFields.write(log, onto: &writer) }
        writer.bytes.withUnsafeBytes { bytes in
            keep(bytes)
            _ = scanner.scan(bytes, at: offset, isLast: false, into: &batch)
        }
        // A batch counts its lines from 0, and of a translation has none of its own.
        for var problem in output.problems {
            if case .line(let line) = problem.place { problem.place = .line(line - 1) }
            batch.problems.append(problem)
        }
        return UInt64(writer.bytes.count)
    }
}
