import TraceModel

/// ASP's tool hooks: a line when a tool starts and one when it ends, paired by its use's id.
struct ASPHooksTranslator: TraceTranslator {
    static let format = ForeignFormat(.aspHooks, .lines, standsAlone: true) { value in
        value["tool_use_id"].exists && (value["event"].string?.hasPrefix("tool_") ?? false)
    } translator: { _ in
        ASPHooksTranslator()
    }

    private struct Session {
        let name: String
        let trace: TraceID
        let root: SpanID
        var start: Int64
        var end: Int64
        let place: RecordPlace
        /// Uses that began and have not ended, and those that ended and began in records before these.
        var running: Set<String> = []
        var ended: Set<String> = []

        mutating func begin(_ use: String) { running.insert(use) }

        mutating func end(_ use: String) {
            if running.remove(use) == nil { ended.insert(use) }
        }

        mutating func join(_ later: Session) {
            start = start == 0 ? later.start : start
            end = max(end, later.end)
            for use in later.ended { end(use) }
            running.formUnion(later.running)
        }
    }

    /// As they were met.
    private var sessions: [Session] = []
    private var numbers: [String: Int] = [:]
    /// The session of the last line, which the next is of as a rule.
    private var last = 0

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        guard let use = record["tool_use_id"].text, let event = record["event"].string else {
            return output.report("a tool event without tool_use_id or event", at: place)
        }
        let session = record["session_id"].text ?? "no session"
        let time = Timestamp.of(record["timestamp"], isUTC: true) ?? 0
        let number = number(of: session, time, place)
        sessions[number].end = max(time, sessions[number].end)
        let isStart = event == "tool_start"
        if isStart { sessions[number].begin(use) } else { sessions[number].end(use) }
        var body = SpanBody(
            traceID: sessions[number].trace, spanID: DerivedID.span("\(session) \(use)"),
            parentID: sessions[number].root, name: record["tool"].text ?? "", start: isStart ? time : 0,
            end: isStart ? 0 : max(time, 1))
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.isPiece = true
        span.setService("asp")
        span.set(SpanVocabulary.spanID, use)
        span.set("gen_ai.operation.name", "execute_tool")
        span.set("gen_ai.tool.name", record["tool"])
        span.set("gen_ai.tool.call.id", use)
        span.set("gen_ai.tool.call.arguments", record.first(of: "input", "tool_input"))
        span.set("gen_ai.tool.call.result", record.first(of: "response_preview", "response", "output"))
        span.set("session.id", session)
        if record["success"].bool == false || record["error"].exists {
            span.fail(record.first(of: "error", "error_message", "response_preview").text ?? "the tool failed")
        } else if record["success"].bool == true {
            span.body.status = .ok
        }
        span.setRest(
            of: record, prefix: "asp.",
            except: [
                "timestamp", "event", "tool", "tool_use_id", "session_id", "input", "tool_input", "response_preview",
                "response", "output", "success",
            ])
        output.add(span)
    }

    private mutating func number(of name: String, _ time: Int64, _ place: RecordPlace) -> Int {
        if last < sessions.count, sessions[last].name == name { return last }
        if let known = numbers[name] {
            last = known
        } else {
            last = sessions.count
            numbers[name] = last
            sessions.append(
                Session(
                    name: name, trace: DerivedID.trace(name, in: "asp hooks"),
                    root: DerivedID.span("asp session \(name)"), start: time, end: time, place: place.remembered))
        }
        return last
    }

    mutating func join(_ later: ASPHooksTranslator) {
        for session in later.sessions {
            let number = number(of: session.name, session.start, session.place)
            sessions[number].join(session)
        }
    }

    mutating func finish(into output: inout TranslationOutput) {
        for session in sessions {
            let body = SpanBody(
                traceID: session.trace, spanID: session.root, name: "session \(session.name)", start: session.start,
                end: session.running.isEmpty ? session.end : 0)
            var span = TranslatedSpan(body, from: session.place)
            span.isPiece = true
            span.markInferred()
            span.setService("asp")
            span.set(SpanVocabulary.traceID, session.name)
            span.set("session.id", session.name)
            output.add(span)
        }
    }
}
