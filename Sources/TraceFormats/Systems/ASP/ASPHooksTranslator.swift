import TraceModel

/// ASP's tool hooks: a line when a tool starts and one when it ends, paired by its use's id.
struct ASPHooksTranslator: TraceTranslator {
    static let format = ForeignFormat(.aspHooks, .lines, records: .inAnyOrder) { value in
        value["tool_use_id"].exists && (value["event"].string?.hasPrefix("tool_") ?? false)
    } translator: { _ in
        ASPHooksTranslator()
    }

    private struct Session {
        let name: String
        let trace: TraceID
        let root: SpanID
        let uses: DerivedID.Words
        private(set) var start: Int64
        private(set) var end: Int64
        let place: RecordPlace
        /// Uses that began and have not ended, and those that ended and began in records before these.
        private var running: Set<SpanID> = []
        private var ended: Set<SpanID> = []

        init(_ name: String, _ time: Int64, at place: RecordPlace) {
            self.name = name
            trace = DerivedID.trace(name, in: "asp hooks")
            root = DerivedID.span("asp session \(name)")
            uses = "\(name) "
            start = time
            end = time
            self.place = place.remembered
        }

        var isRunning: Bool { !running.isEmpty }

        mutating func take(_ use: SpanID, isStart: Bool, at time: Int64) {
            end = max(time, end)
            if isStart { running.insert(use) } else { finish(use) }
        }

        private mutating func finish(_ use: SpanID) {
            if running.remove(use) == nil { ended.insert(use) }
        }

        mutating func join(_ later: Session) {
            start = start == 0 ? later.start : start
            end = max(end, later.end)
            for use in later.ended { finish(use) }
            running.formUnion(later.running)
        }
    }

    /// As they were met.
    private var sessions: [Session] = []
    private var names = NumberedNames()
    private var toolNames = RepeatedNames()

    private enum Field: Int, RecordField {
        case use, event, session, time, tool, input, output, success, error

        static let table = FieldTable<Field>()

        var names: [StaticString] {
            switch self {
            case .use: ["tool_use_id"]
            case .event: ["event"]
            case .session: ["session_id"]
            case .time: ["timestamp"]
            case .tool: ["tool"]
            case .input: ["input", "tool_input"]
            case .output: ["response_preview", "response", "output"]
            case .success: ["success"]
            case .error: ["error"]
            }
        }
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let fields = Field.table.pick(from: record)
        guard let use = fields[.use].fieldText, let event = fields[.event].filledText else {
            return output.report("a tool event without tool_use_id or event", at: place)
        }
        let session = fields[.session].fieldText ?? .made("no session")
        let time = Timestamp.of(fields[.time], isUTC: true) ?? 0
        let number = number(of: session, time, place)
        let id = sessions[number].uses.span(with: use)
        let isStart = event == "tool_start"
        sessions[number].take(id, isStart: isStart, at: time)
        let tool = fields[.tool]
        var span = TranslatedSpan(
            pieceOf: id, in: sessions[number].trace, parent: sessions[number].root,
            name: toolNames.name(tool.fieldText) ?? "", start: isStart ? time : 0, end: isStart ? 0 : max(time, 1),
            service: "asp", at: place)
        span.set("gen_ai.operation.name", "execute_tool")
        span.set("gen_ai.tool.name", tool)
        span.set("session.id", session)
        let success = fields[.success].bool
        if success == false || fields[.error].exists {
            span.fail(record.first(of: "error", "error_message", "response_preview").text ?? "the tool failed")
        } else if success == true {
            span.body.status = .ok
        }
        if !span.isBrief {
            span.set(SpanVocabulary.spanID, use)
            span.set("gen_ai.tool.call.id", use)
            span.set("gen_ai.tool.call.arguments", fields[.input])
            span.set("gen_ai.tool.call.result", fields[.output])
        }
        span.setRest(of: record, prefix: "asp.", except: Self.known)
        output.add(consume span)
    }

    private static let known: FieldNames = [
        "timestamp", "event", "tool", "tool_use_id", "session_id", "input", "tool_input", "response_preview",
        "response", "output", "success",
    ]

    private mutating func number(of name: FieldText, _ time: Int64, _ place: RecordPlace) -> Int {
        let number = names.number(of: name)
        if number == sessions.count { sessions.append(Session(name.string, time, at: place)) }
        return number
    }

    mutating func join(_ later: ASPHooksTranslator) {
        for session in later.sessions {
            let number = number(of: .made(session.name), session.start, session.place)
            sessions[number].join(session)
        }
    }

    mutating func finish(into output: inout TranslationOutput) {
        for session in sessions {
            let body = SpanBody(
                traceID: session.trace, spanID: session.root, name: "session \(session.name)", start: session.start,
                end: session.isRunning ? 0 : session.end)
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
