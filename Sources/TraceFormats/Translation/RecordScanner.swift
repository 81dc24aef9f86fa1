package import TraceModel

/// Makes rows of the records of a format whose records are not kept. Places in the batches are those of the records in the
/// file; what is held back, or has to be kept, is handed over by `settle`.
package struct RecordScanner: TraceScanner {
    package private(set) var reader: TranslationReader
    private var words: OperationWords
    /// What the records came to that has to be kept.
    package private(set) var kept = TranslationOutput()

    package init(_ format: ForeignFormat, _ source: TranslationSource, _ prices: ModelPrices) {
        reader = TranslationReader(format, source)
        words = OperationWords(prices)
    }

    package mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        let taken = reader.taken
        let used = rows(into: &batch) { $0.takeRecords(window, at: offset, isLast: isLast, into: &$1) }
        batch.lines += reader.taken - taken
        return used
    }

    /// Hands over what has to be kept, now that all before a place is read.
    mutating func settle(before offset: UInt64, isLast: Bool, into batch: inout SpanBatch) -> TranslationOutput {
        rows(into: &batch) { $0.settle(before: offset, isLast: isLast, into: &$1) }
        defer { kept = TranslationOutput() }
        return kept
    }

    private mutating func rows<Result>(
        into batch: inout SpanBatch, _ read: (inout TranslationReader, inout TranslationOutput) -> Result
    ) -> Result {
        let passed = reader.taken - batch.lines
        var output = TranslationOutput(onto: batch, words)
        batch = SpanBatch()
        let result = read(&reader, &output)
        batch = output.takeRows(after: passed, &words)
        kept.append(output)
        return result
    }
}
