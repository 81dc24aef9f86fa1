package import TraceModel

/// A record of a format whose records are not kept, made into its spans and logs again; or several in a row.
package struct TranslatedRecord: Sendable {
    private let output: TranslationOutput
    private let isInOrder: Bool

    /// Nothing for a format that is not translated. Who makes many of them lends each the same memory.
    package init?(
        _ record: UnsafeRawBufferPointer, at offset: UInt64, of format: TraceFormat, _ source: TranslationSource,
        reading lines: JSONLines = JSONLines()
    ) {
        guard let foreign = ForeignFormat.of(format) else { return nil }
        var reader = TranslationReader(foreign, source, reading: lines)
        var output = TranslationOutput()
        let used = reader.takeRecords(record, at: offset, isLast: true, into: &output)
        isInOrder = foreign.records == .inOrder
        if isInOrder {
            reader.settle(before: offset + UInt64(used), isLast: true, into: &output)
        }
        self.output = output
    }

    /// What it says of a span that the index has so; nothing where that is none of its spans. What the index knows from
    /// records before this one counts.
    package func body(
        of id: SpanID, in trace: TraceID, parent: SpanID, name: String, start: Int64, end: Int64
    ) -> SpanBody? {
        var whole: SpanBody?
        for span in output.spans where span.body.spanID == id {
            whole?.add(span.wholeBody)
            whole = whole ?? span.wholeBody
        }
        guard var body = whole else { return nil }
        for link in body.links.indices where body.links[link].traceID == body.traceID {
            body.links[link].traceID = trace
        }
        (body.traceID, body.parentID, body.name, body.start, body.end) = (trace, parent, name, start, end)
        return body
    }

    /// Where in the file it says that.
    package func origins(of id: UInt64) -> [ByteRange] {
        output.spans.filter { $0.body.spanID.value == id }.flatMap(\.origins)
    }

    /// The logs that the index has under a span at a time. Whose a log is may be known only from records before.
    package func logs(of id: SpanID, in trace: TraceID, at time: Int64) -> [LogRecord] {
        guard isInOrder else { return output.logs.filter { $0.traceID == trace && $0.spanID == id } }
        return output.logs.map { log in
            var log = log
            (log.traceID, log.spanID, log.time) = (trace, id, time)
            return log
        }
    }

    /// Whether it says a text of a span.
    package func matches(_ search: SpanSearch, span id: UInt64) -> Bool {
        output.spans.contains { $0.body.spanID.value == id && search.matches($0) }
    }

    /// The same of a log.
    package func matches(_ search: SpanSearch, logOf id: UInt64) -> Bool {
        output.logs.contains { (isInOrder || $0.spanID.value == id) && search.matches($0) }
    }
}

extension TranslatedSpan {
    /// All that is said of it, as a reader has it.
    package var wholeBody: SpanBody {
        var body = body
        body.attributes += attributes.decoded
        if let service { body.resource.attributes.insert(Attribute("service.name", .string(service)), at: 0) }
        return body
    }
}
