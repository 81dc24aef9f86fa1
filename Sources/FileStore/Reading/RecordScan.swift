import TraceFormats
import TraceModel

/// Scans a file whose records stand for themselves, in chunks of lines, by several workers at once. What the chunks leave
/// for the end is put together in the order of the file.
final class RecordScan: Sendable {
    private struct State {
        /// Of all chunks before `next`.
        var reader: TranslationReader?
        /// The chunk that is next to be taken in, and those that were done before their turn.
        var next = 0
        var early: [Int: TranslationReader?] = [:]
    }

    let format: TraceFormat
    let source: TranslationSource
    let prices: ModelPrices
    let spool: TranslationSpool
    /// Where the records are kept as they were read, of a file that others write to.
    let copy: OpenFile?
    private let state = Monitor(State())

    /// Nothing for a format whose records do not stand for themselves.
    init?(
        _ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices, into spool: TranslationSpool,
        copy: OpenFile?
    ) {
        guard format.isOfRecords else { return nil }
        self.format = format
        self.source = source
        self.prices = prices
        self.spool = spool
        self.copy = copy
    }

    /// What a worker scans a chunk with.
    func makeScanner() -> RecordScanner? { RecordScanner(format, source, prices) }

    /// Takes what the chunk of a number leaves for the end; nothing of a chunk that could not be read.
    func take(_ reader: TranslationReader?, of chunk: Int) {
        state.withLock { state in
            state.early[chunk] = .some(reader)
            while let reader = state.early.removeValue(forKey: state.next) {
                state.next += 1
                guard let reader else { continue }
                if state.reader == nil { state.reader = reader } else { state.reader?.join(reader) }
            }
        }
    }

    /// What was left for the end, once so many chunks have been taken.
    func finish(chunks: Int) -> SpanBatch {
        var reader: TranslationReader??
        while reader == nil {
            reader = state.wait(milliseconds: 1000) { $0.next == chunks ? .some($0.reader.take()) : nil }
        }
        var batch = SpanBatch()
        guard var reader = reader ?? nil else { return batch }
        var output = TranslationOutput()
        reader.finish(into: &output)
        var scanner = format.makeScanner(prices)
        output.take(with: &scanner, into: &batch) { spool.keep($0, turn: 0) }
        return batch
    }
}
