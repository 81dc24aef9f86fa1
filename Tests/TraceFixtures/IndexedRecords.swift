import TraceFormats
import TraceModel

/// A file of a format whose records are not kept, indexed, and every span and log made of its record again.
struct IndexedRecords {
    private var spans: [SpanBody] = []
    private var logs: [LogRecord] = []

    /// Nothing for a format whose records are kept.
    init?(_ bytes: [UInt8], _ format: TraceFormat, _ source: TranslationSource, _ window: Int) throws {
        guard format.records != .kept, var translator = WindowTranslator(format, source, ModelPrices()) else {
            return nil
        }
        var (position, size) = (0, window)
        while position < bytes.count {
            let end = min(position + size, bytes.count)
            var batch = SpanBatch()
            let (used, kept) = bytes[position..<end].withUnsafeBytes {
                translator.take($0, at: UInt64(position), isLast: end == bytes.count, into: &batch)
            }
            size = used == 0 ? size * 2 : window
            position += used
            try take(batch, of: bytes, format, source)
            spans += kept.spans.map(\.wholeBody)
            logs += kept.logs
        }
    }

    private mutating func take(
        _ batch: SpanBatch, of bytes: [UInt8], _ format: TraceFormat, _ source: TranslationSource
    ) throws {
        func record(_ offset: UInt64, _ length: UInt32) -> TranslatedRecord? {
            bytes[Int(offset)..<Int(offset) + Int(length)].withUnsafeBytes {
                TranslatedRecord($0, at: offset, of: format, source)
            }
        }
        for row in 0..<batch.count {
            let start = batch.starts[row]
            let body = record(batch.offsets[row], batch.lengths[row])?.body(
                of: SpanID(batch.spanIDs[row]), in: batch.traceIDs[Int(batch.traces[row])],
                parent: SpanID(batch.parentIDs[row]), name: batch.strings[batch.names[row]], start: start,
                end: batch.traits[row].isRunning ? 0 : start + batch.durations[row])
            guard let body else { throw Translation.Fault.indexDiffers("no span in the record of row \(row)") }
            spans.append(body)
            let place = Int(batch.offsets[row])..<Int(batch.offsets[row]) + Int(batch.lengths[row])
            try RecordWords(String(decoding: bytes[place], as: UTF8.self)).check(body)
        }
        for log in batch.logs {
            logs +=
                record(log.place.offset, log.place.length)?
                .logs(of: SpanID(log.spanID), in: batch.traceIDs[Int(log.trace)], at: log.time) ?? []
        }
    }

    /// Compares with what the whole file was translated into.
    func check(_ output: TranslationOutput) throws {
        let expected = Self.wholes(output.spans.map(\.wholeBody))
        let found = Self.wholes(spans)
        guard found.map(\.spanID) == expected.map(\.spanID) else {
            throw Translation.Fault.indexDiffers("spans \(found.map(\.name)), not \(expected.map(\.name))")
        }
        for (found, expected) in zip(found, expected) where found != expected {
            throw Translation.Fault.indexDiffers("\(found)\n\nrather than\n\n\(expected)")
        }
        let (foundLogs, expectedLogs) = (logs.map { "\($0)" }.sorted(), output.logs.map { "\($0)" }.sorted())
        guard foundLogs == expectedLogs else {
            throw Translation.Fault.indexDiffers("logs \(foundLogs)\n\nrather than\n\n\(expectedLogs)")
        }
    }

    /// Each span once, put together from its pieces; what stands in no order of its own, in one.
    private static func wholes(_ pieces: [SpanBody]) -> [SpanBody] {
        var wholes: [SpanID: SpanBody] = [:]
        for piece in pieces {
            if wholes[piece.spanID] == nil { wholes[piece.spanID] = piece } else { wholes[piece.spanID]?.add(piece) }
        }
        return wholes.values.map(sorted).sorted { $0.spanID < $1.spanID }
    }

    private static func sorted(_ body: SpanBody) -> SpanBody {
        var body = body
        body.attributes.sort { $0.key < $1.key }
        body.events.sort { ($0.time, "\($0)") < ($1.time, "\($1)") }
        body.links.sort { "\($0)" < "\($1)" }
        if body.end > 0, body.end < body.start { body.end = body.start }
        return body
    }
}
