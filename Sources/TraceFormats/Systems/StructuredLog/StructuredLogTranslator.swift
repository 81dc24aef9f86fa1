import TraceModel

/// Logs of any service, an object a line (pino, winston, Python's): lines that name a trace are its logs; those that name
/// some other correlation make an inferred trace of it, with an inferred span for each agent and each of its steps.
struct StructuredLogTranslator: TraceTranslator {
    static let format = ForeignFormat(.structuredLog, .lines) { value in
        let isLog =
            StructuredLogLine.message(of: value).kind == .string
            && (StructuredLogLine.level(of: value).exists || StructuredLogLine.time(of: value).exists
                || value["levelno"].exists)
        return isLog && (StructuredLogLine.trace(of: value) != nil || StructuredLogLine.correlation(of: value) != nil)
    } translator: { _ in
        StructuredLogTranslator()
    }

    /// What lines of one correlation, or of an agent or a step within, have said since it was handed over.
    private struct Group {
        let key: Key
        let trace: TraceID
        let span: SpanID
        var start: Int64
        var end: Int64
        let service: String?
        let place: RecordPlace
        var error: String?

        init(_ key: Key, _ time: Int64, service: String?, at place: RecordPlace) {
            self.key = key
            trace = key.trace
            span = key.span
            start = time
            end = time
            self.service = service
            self.place = place
        }
    }

    private struct Key: Hashable {
        var correlation: String
        var agent: String?
        var step: String?

        var trace: TraceID { DerivedID.trace(correlation, in: "log") }

        var span: SpanID { DerivedID.span("log \(correlation)\u{0}\(agent ?? "")\u{0}\(step ?? "")") }

        /// What it is within.
        var outer: Key? {
            if step != nil { return Key(correlation: correlation, agent: agent) }
            return agent != nil ? Key(correlation: correlation) : nil
        }

        var name: String { step.map { "step \($0)" } ?? agent.map { "agent \($0)" } ?? correlation }
    }

    /// As they were met.
    private var groups: [Group] = []
    private var numbers: [Key: Int] = [:]
    /// When the last line was written.
    private var last: Int64 = 0
    /// The group of the last line, which the next is of as a rule.
    private var lastGroup = 0

    /// So many groups are held before they are handed over: a log may have a request a line.
    private static let most = 4096

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let time = Timestamp.of(StructuredLogLine.time(of: record), isUTC: true) ?? last
        last = time
        if let trace = StructuredLogLine.trace(of: record).flatMap({ StructuredLogLine.traceID($0) }) {
            output.add(StructuredLogLine.record(record, trace, StructuredLogLine.spanID(of: record), time))
            return
        }
        guard let name = StructuredLogLine.trace(of: record) ?? StructuredLogLine.correlation(of: record) else {
            // A service says much that belongs to nothing.
            return
        }
        let agent = record.first(of: "agentId", "agent_id").text
        let step = record.first(of: "stepId", "step_id").text
        let inner = Key(
            correlation: name, agent: agent == name ? nil : agent, step: step == name ? nil : step)
        let service = record.first(of: "service", "service.name", "name", "logger", "component").string
        let number = number(of: inner, time, service, place)
        let log = StructuredLogLine.record(record, groups[number].trace, groups[number].span, time)
        if log.severityNumber >= 17, groups[number].error == nil {
            groups[number].error = StructuredLogLine.message(of: record).text ?? log.severityText
        }
        note(time, number)
        var outer = inner.outer
        while let key = outer {
            note(time, self.number(of: key, time, service, place))
            outer = key.outer
        }
        lastGroup = number
        output.add(log)
        if groups.count >= Self.most { finish(into: &output) }
    }

    private mutating func number(of key: Key, _ time: Int64, _ service: String?, _ place: RecordPlace) -> Int {
        if lastGroup < groups.count, groups[lastGroup].key == key { return lastGroup }
        if let known = numbers[key] { return known }
        numbers[key] = groups.count
        groups.append(Group(key, time, service: service, at: place))
        return groups.count - 1
    }

    private mutating func note(_ time: Int64, _ number: Int) {
        groups[number].start = min(groups[number].start, time)
        groups[number].end = max(groups[number].end, time)
    }

    mutating func take(text: UnsafeRawBufferPointer, at place: RecordPlace, into output: inout TranslationOutput) {
        // Services print other things as well; only what looks like a record and is none is told.
        if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { output.report("not JSON", at: place) }
    }

    mutating func finish(into output: inout TranslationOutput) {
        for group in groups {
            let key = group.key
            var body = SpanBody(
                traceID: group.trace, spanID: group.span, parentID: key.outer?.span ?? SpanID(0), name: key.name,
                start: group.start, end: max(group.end, 1))
            body.kind = .internal
            var span = TranslatedSpan(body, from: group.place)
            span.isPiece = true
            span.markInferred()
            span.setService(group.service ?? "log")
            if key.outer == nil {
                span.set(SpanVocabulary.traceID, key.correlation)
            } else {
                span.set(SpanVocabulary.spanID, key.step ?? key.agent)
                if key.step == nil { span.set("gen_ai.operation.name", "invoke_agent") }
                span.set("gen_ai.agent.name", key.agent)
            }
            if let error = group.error { span.fail(error) }
            output.add(span)
        }
        groups.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
    }
}
