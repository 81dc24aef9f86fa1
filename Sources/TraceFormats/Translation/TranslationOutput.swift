package import TraceModel

/// What translators hand over, in the order in which they did.
package struct TranslationOutput: Sendable {
    /// What is kept as it was handed over.
    package private(set) var spans: [TranslatedSpan] = []
    package private(set) var logs: [LogRecord] = []
    /// Of each log, how many spans came before it.
    private var places: [Int] = []
    package private(set) var problems: [ScanProblem] = []
    /// Takes what stands in the record that is being translated, where that is not kept but made again.
    private var rows: TranslatedRows?
    /// The same, where rows are made of it later.
    private var held: Held?

    private struct Held {
        /// The record that is being translated.
        var record = ByteRange.empty
        var spans: [(span: TranslatedSpan, record: ByteRange)] = []
        var logs: [(log: LogRecord, record: ByteRange)] = []
    }

    package init() {}

    /// Of records that are not kept only rows are made, onto the batch.
    init(onto batch: consuming SpanBatch, _ words: OperationWords) {
        rows = TranslatedRows(onto: batch, words)
    }

    /// Of records that are not kept rows are made later.
    package static var held: TranslationOutput {
        var output = TranslationOutput()
        output.held = Held()
        return output
    }

    /// Whether what a record is made into is kept no longer than for a row.
    var isBrief: Bool { rows != nil || held != nil }

    /// Adds a span. Where only rows are wanted, what is not brief is kept all the same. Who has many gives them away with
    /// `consume`: else each is copied first.
    package mutating func add(_ span: consuming TranslatedSpan) {
        if !isBrief || !span.isBrief {
            spans.append(span)
        } else if let record = held?.record {
            held?.spans.append((span, record))
        } else {
            rows?.add(span)
        }
    }

    /// Adds a log line of a trace; without a span's id it belongs to the trace as a whole. Where only rows are wanted, one
    /// that stands nowhere in brief is kept all the same.
    package mutating func add(_ log: consuming LogRecord, at place: RecordPlace) {
        if !isBrief || !place.isBrief {
            logs.append(log)
            places.append(spans.count)
        } else if let record = held?.record {
            held?.logs.append((log, record))
        } else {
            rows?.add(log)
        }
    }

    /// Adds what another was handed to keep; its problems were told.
    package mutating func append(_ other: TranslationOutput) {
        places += other.places.map { $0 + spans.count }
        spans += other.spans
        logs += other.logs
    }

    /// Something in a record that could not be read, and was passed over.
    package mutating func report(_ what: String, at place: RecordPlace) {
        let spot = place.line.map { Problem.Place.line($0) } ?? .byte(place.bytes.offset)
        problems.append(ScanProblem(place: spot, what: what))
    }

    /// What is handed over next is that of a record.
    mutating func enter(_ record: ByteRange) {
        rows?.record = record
        held?.record = record
    }

    /// Makes the rows of what was held, onto the batch, and hands them over as `takeRows` does.
    mutating func makeRows(onto batch: consuming SpanBatch, after lines: Int, _ words: inout OperationWords)
        -> SpanBatch
    {
        var rows = TranslatedRows(onto: batch, words)
        if let held = held.take() {
            for (span, record) in held.spans {
                rows.record = record
                rows.add(span)
            }
            for (log, record) in held.logs {
                rows.record = record
                rows.add(log)
            }
        }
        self.rows = rows
        return takeRows(after: lines, &words)
    }

    package mutating func makeRows(
        onto batch: consuming SpanBatch, after lines: Int, _ prices: ModelPrices
    ) -> SpanBatch {
        var words = OperationWords(prices)
        return makeRows(onto: batch, after: lines, &words)
    }

    /// The rows, and what was learned of words. So many lines were passed before the batch began.
    mutating func takeRows(after lines: Int, _ words: inout OperationWords) -> SpanBatch {
        guard let rows = rows.take() else { return SpanBatch() }
        var batch = rows.finish(&words)
        moveProblems(after: lines, to: &batch)
        problems = []
        return batch
    }

    /// Keeps and scans what was handed over. `keep` is lent the bytes that are to be kept, and says where they stand.
    package func take(
        with scanner: inout any TraceScanner, into batch: inout SpanBatch, keep: (UnsafeRawBufferPointer) -> UInt64
    ) {
        encoded.withBytes { bytes in
            let offset = keep(bytes)
            _ = scanner.scan(bytes, at: offset, isLast: false, into: &batch)
        }
        moveProblems(after: 0, to: &batch)
    }

    /// A batch counts its lines from 0.
    private func moveProblems(after lines: Int, to batch: inout SpanBatch) {
        for var problem in problems {
            if case .line(let line) = problem.place { problem.place = .line(line - 1 - lines) }
            batch.problems.append(problem)
        }
    }

    /// Bytes that a span takes beside its attributes, as a rule.
    private static let overhead = 200

    private var encoded: ProtobufWriter {
        var writer = ProtobufWriter()
        writer.reserve(spans.reduce(0) { $0 + $1.attributes.count + Self.overhead })
        var log = 0
        for (number, span) in spans.enumerated() {
            while log < logs.count, places[log] <= number {
                TranslatedFields.write(logs[log], onto: &writer)
                log += 1
            }
            TranslatedFields.write(span, onto: &writer)
        }
        for rest in logs[log...] { TranslatedFields.write(rest, onto: &writer) }
        return writer
    }
}
