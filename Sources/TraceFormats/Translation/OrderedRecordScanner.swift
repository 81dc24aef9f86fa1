package import TraceModel

/// Makes rows of a stretch of records that have to be read in order, while others are at the stretches around it: only
/// what depends on records before waits for its turn.
package struct OrderedRecordScanner: TraceScanner {
    /// Lends the reader of the file once it has read all that stands before the stretch.
    package typealias Turn = (_ body: (inout TranslationReader) -> Void) -> Void

    private let lines = JSONLines()
    private let inTurn: Turn
    private var words: OperationWords
    /// What the records came to that has to be kept.
    package private(set) var kept = TranslationOutput()

    package init(_ prices: ModelPrices, inTurn: @escaping Turn) {
        words = OperationWords(prices)
        self.inTurn = inTurn
    }

    package mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        let used = lines.index(window, at: offset, isLast: isLast)
        var output = TranslationOutput.held
        var passed = 0
        inTurn { reader in
            passed = reader.taken
            reader.takeLines(lines, into: &output)
        }
        passed -= batch.lines
        batch = output.makeRows(onto: batch, after: passed, &words)
        batch.lines += lines.count
        kept.append(output)
        return used
    }
}
