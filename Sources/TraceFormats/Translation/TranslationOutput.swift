package import TraceModel

/// What translators hand over, in the order in which they did.
package struct TranslationOutput: Sendable {
    package private(set) var spans: [TranslatedSpan] = []
    package private(set) var logs: [LogRecord] = []
    /// Of each log, how many spans came before it.
    private var places: [Int] = []
    package private(set) var problems: [ScanProblem] = []

    package init() {}

    package mutating func add(_ span: consuming TranslatedSpan) { spans.append(span) }

    /// Adds a log line of a trace; without a span's id it belongs to the trace as a whole.
    package mutating func add(_ log: consuming LogRecord) {
        logs.append(log)
        places.append(spans.count)
    }

    /// Something in a record that could not be read, and was passed over.
    package mutating func report(_ what: String, at place: RecordPlace) {
        let spot = place.line.map { Problem.Place.line($0) } ?? .byte(place.bytes.offset)
        problems.append(ScanProblem(place: spot, what: what))
    }

    /// Keeps and scans what was handed over. `keep` is lent the bytes that are to be kept, and says where they stand.
    package func take(
        with scanner: inout any TraceScanner, into batch: inout SpanBatch, keep: (UnsafeRawBufferPointer) -> UInt64
    ) {
        encoded.withBytes { bytes in
            let offset = keep(bytes)
            _ = scanner.scan(bytes, at: offset, isLast: false, into: &batch)
        }
        // A batch counts its lines from 0, and of a translation has none of its own.
        for var problem in problems {
            if case .line(let line) = problem.place { problem.place = .line(line - 1) }
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
