package import TraceModel

/// Translates a file window by window, from front to back: into rows where its records are not kept, and for the rest
/// into what has to be.
package struct WindowTranslator {
    // One of the two; not an enumeration, since what is in one cannot be changed in place.
    private var records: RecordScanner?
    private var reader: TranslationReader?

    /// Nothing for a format that is not translated.
    package init?(_ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices) {
        guard let foreign = ForeignFormat.of(format) else { return nil }
        if foreign.records == .kept {
            reader = TranslationReader(foreign, source)
        } else {
            records = RecordScanner(foreign, source, prices)
        }
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
