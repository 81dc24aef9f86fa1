import TraceFormats
import TraceModel

/// Scans a file whose records are not kept, in chunks of lines, by several workers at once. Records that can be read in
/// any order are; those that cannot are translated in the order of the file, and what comes before and after that is done
/// side by side. What the chunks hold back is put together in the order of the file.
final class RecordScan: Sendable {
    private struct State {
        /// Of all chunks so far. Where records can be read in any order, it comes from the first of them.
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
    private let state: Monitor<State>

    /// Nothing for a format whose records are kept.
    init?(
        _ format: TraceFormat, _ source: TranslationSource, _ prices: ModelPrices, into spool: TranslationSpool,
        copy: OpenFile?
    ) {
        guard let foreign = ForeignFormat.of(format), foreign.records != .kept else { return nil }
        self.foreign = foreign
        self.source = source
        self.prices = prices
        self.spool = spool
        self.copy = copy
        state = Monitor(State(reader: foreign.records == .inOrder ? TranslationReader(foreign, source) : nil))
    }

    /// Whether records are translated in order, so that workers at one file wait for each other now and then.
    var isInOrder: Bool { foreign.records == .inOrder }

    /// What a worker scans the chunk of a number with, from 0.
    func makeScanner(chunk: Int) -> any TraceScanner {
        guard isInOrder else { return RecordScanner(foreign, source, prices) }
        return OrderedRecordScanner(prices) { [state] body in
            state.wait { state -> Void? in
                guard state.turn == chunk, state.reader != nil else { return nil }
                return body(&state.reader!)
            }
        }
    }

    /// Takes what a chunk holds back, once it is its turn; nothing of a chunk that could not be read. What can be told
    /// now goes to the end of the batch.
    func settle(_ scanner: (any TraceScanner)?, chunk: Int, before offset: UInt64, into batch: inout SpanBatch) {
        settle(chunk, into: &batch) { whole, output in
            if let scanner = scanner as? RecordScanner {
                if whole?.join(scanner.reader) == nil { whole = scanner.reader }
                output.append(scanner.kept)
            } else if let scanner = scanner as? OrderedRecordScanner {
                output.append(scanner.kept)
            }
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
        let passed = batch.lines
        var (output, lines) = state.wait { state -> (TranslationOutput, Int)? in
            guard state.turn == turn else { return nil }
            var output = TranslationOutput.held
            take(&state.reader, &output)
            return (output, state.reader?.taken ?? 0)
        }
        batch = output.makeRows(onto: batch, after: lines - passed, prices)
        var scanner = foreign.format.makeScanner(prices)
        output.take(with: &scanner, into: &batch) { spool.keep($0, turn: turn) }
        state.withLock { $0.turn += 1 }
    }
}
