import TraceModel

/// Chrome's trace events: a file is a trace, its processes and threads are spans, and what happens on a thread nests by its
/// times.
struct ChromeTraceTranslator: TraceTranslator {
    static let format = ForeignFormat(.chromeTrace, .document, mayBeOpen: true) { value in
        let isWrapped = value["traceEvents"].kind == .array
        let first = isWrapped ? value["traceEvents"][0] : value[0]
        guard first.exists else { return isWrapped }
        return first["ph"].kind == .string
            && (isWrapped || first["ts"].exists || first["pid"].exists || first["ph"].string == "M")
    } translator: {
        ChromeTraceTranslator(source: $0)
    }

    private let source: TranslationSource

    init(source: TranslationSource) {
        self.source = source
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let events = record["traceEvents"].kind == .array ? record["traceEvents"] : record
        var trace = ChromeTrace(source, events, at: place)
        for event in events.elements {
            guard event.kind == .object, let phase = event["ph"].string else {
                output.report("an event without its phase", at: place.place(of: event))
                continue
            }
            trace.take(event, phase, into: &output)
        }
        trace.finish(record, into: &output)
    }
}
