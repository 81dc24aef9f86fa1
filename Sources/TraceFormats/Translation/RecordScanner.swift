package import TraceModel

/// Makes rows of the records of a format whose records stand for themselves. Places in the batches are those of the
/// records in the file; what is held back until the file ends is left to `reader`.
package struct RecordScanner: TraceScanner {
    package private(set) var reader: TranslationReader
    private var words: OperationWords

    /// Nothing for a format whose records do not.
    package init?(_ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices) {
        guard format.isOfRecords, let reader = TranslationReader(format, source) else { return nil }
        self.reader = reader
        words = OperationWords(prices)
    }

    package mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        let (before, own) = (reader.lines, batch.lines)
        var output = TranslationOutput(onto: batch, words)
        batch = SpanBatch()
        let used = reader.takeRecords(window, at: offset, isLast: isLast, into: &output)
        batch = output.takeRows(after: before - own, &words)
        batch.lines += reader.lines - before
        return used
    }

    mutating func settle(before offset: UInt64, isLast: Bool, into output: inout TranslationOutput) {
        reader.settle(before: offset, isLast: isLast, into: &output)
    }
}
