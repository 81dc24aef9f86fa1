import TraceFormats
import TraceModel

/// Scans a file whose records can be read in any order, in chunks of lines, by several workers at once. What the chunks
/// hold back is put together in the order of the file.
final class RecordScan: Sendable {
    private struct State {
        /// Of all chunks so far.
        var reader: TranslationReader?
        /// The chunk whose turn it is.
        var turn = 0
    }

    private let foreign: ForeignFormat
    private let source: TranslationSource
    private let prices: ModelPrices
    let spool: TranslationSpool
    /// Where the records are kept as they were read, of a file that others write to.
    let copy: OpenFile?
    private let state = Monitor(State())

    /// Nothing for a format whose records cannot.
    init?(
        _ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices, into spool: TranslationSpool,
        copy: OpenFile?
    ) {
        guard let foreign = ForeignFormat.of(format), foreign.records == .inAnyOrder else { return nil }
        self.foreign = foreign
        self.source = source
        self.prices = prices
        self.spool = spool
        self.copy = copy
    }

    /// What a worker scans a chunk with.
    func makeScanner() -> RecordScanner { RecordScanner(foreign, source, prices) }

    /// Takes what the chunk of a number, from 0, holds back, once it is its turn; nothing of a chunk that could not be
    /// read. What can be told now goes to the end of the batch.
    func settle(_ reader: TranslationReader?, chunk: Int, before offset: UInt64, into batch: inout SpanBatch) {
        settle(chunk, into: &batch) { whole, output in
            if let reader, whole?.join(reader) == nil { whole = reader }
            whole?.settle(before: offset, isLast: false, into: &output)
        }
    }

    /// The rest, once so many chunks have been taken.
    func finish(chunks: Int) -> SpanBatch {
        var batch = SpanBatch()
        settle(chunks, into: &batch) { whole, output in
            whole?.settle(before: .max, isLast: true, into: &output)
        }
        return batch
    }

    private func settle(
        _ turn: Int, into batch: inout SpanBatch,
        _ take: (inout TranslationReader?, inout TranslationOutput) -> Void
    ) {
        let output = state.wait { state -> TranslationOutput? in
            guard state.turn == turn else { return nil }
            var output = TranslationOutput()
            take(&state.reader, &output)
            return output
        }
        var scanner = foreign.format.makeScanner(prices)
        output.take(with: &scanner, into: &batch) { spool.keep($0, turn: turn) }
        state.withLock { $0.turn += 1 }
    }
}
