package import TraceModel

/// Translates a file window by window, from front to back: into rows where its records are not kept, and for the rest
/// into what has to be.
package struct WindowTranslator {
    // One of the two; not an enumeration, since what is in one cannot be changed in place.
    private var records: RecordScanner?
    private var reader: TranslationReader?

    /// Nothing for a format that is not translated.
    package init?(_ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices) {
        records = RecordScanner(format, source, prices)
        if records == nil { reader = TranslationReader(format, source) }
        if records == nil, reader == nil { return nil }
    }

    /// As `TraceScanner.scan`; besides, what is to be kept.
    package mutating func take(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> (used: Int, output: TranslationOutput) {
        var output = TranslationOutput()
        if let used = reader?.take(window, at: offset, isLast: isLast, into: &output) { return (used, output) }
        let used = records?.scan(window, at: offset, isLast: isLast, into: &batch) ?? 0
        let kept = records?.settle(before: offset + UInt64(used), isLast: isLast, into: &batch)
        return (used, kept ?? output)
    }
}
