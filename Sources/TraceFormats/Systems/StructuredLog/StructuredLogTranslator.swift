import TraceModel

/// Logs of any service, an object a line (pino, winston, Python's): lines that name a trace are its logs; those that name
/// some other correlation make an inferred trace of it, with an inferred span for each agent and each of its steps.
struct StructuredLogTranslator: TraceTranslator {
    static let format = ForeignFormat(.structuredLog, .lines, records: .inAnyOrder) { value in
        let line = StructuredLogLine(value)
        let isLog = line.message.kind == .string && (line.level.exists || line.time.exists || value["levelno"].exists)
        return isLog && (line.trace != nil || line.correlation != nil)
    } translator: { _ in
        StructuredLogTranslator()
    }

    private var groups = StructuredLogGroups()

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let line = StructuredLogLine(record)
        let time = Timestamp.of(line.time, isUTC: true) ?? 0
        let named = line.trace
        if let trace = named.flatMap({ StructuredLogLine.traceID($0.string) }) {
            return output.add(line.record(trace, line.spanID, time, isBrief: place.isBrief), at: place)
        }
        // A service says much that belongs to nothing.
        guard let correlation = named ?? line.correlation else { return }
        let group = groups.take(line, correlation, time, at: place)
        output.add(line.record(group.trace, group.span, time, isBrief: place.isBrief), at: place)
    }

    mutating func take(text: UnsafeRawBufferPointer, at place: RecordPlace, into output: inout TranslationOutput) {
        // Services print other things as well; only what looks like a record and is none is told.
        if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { output.report("not JSON", at: place) }
    }

    mutating func join(_ later: StructuredLogTranslator) { groups.join(later.groups) }

    mutating func settle(before offset: UInt64, into output: inout TranslationOutput) {
        groups.settle(before: offset, into: &output)
    }

    mutating func finish(into output: inout TranslationOutput) { groups.finish(into: &output) }
}
