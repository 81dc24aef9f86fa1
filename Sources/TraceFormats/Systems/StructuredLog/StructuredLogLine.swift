import TraceModel

/// What a line of a structured log says, under whichever of the names that loggers give it.
struct StructuredLogLine {
    private enum Field: Int, RecordField {
        case message, level, time, trace, span, correlation, agent, step, user, service, traceObject, datadog,
            spanObject, request, log, python

        static let table = FieldTable<Field>()

        var names: [StaticString] {
            switch self {
            case .message: ["msg", "message", "event", "text"]
            case .level: ["level", "levelname", "severity", "lvl", "log.level"]
            case .time: ["time", "timestamp", "ts", "@timestamp", "asctime", "datetime", "created"]
            case .trace: ["trace_id", "traceId", "trace.id", "dd.trace_id", "otelTraceID", "traceid"]
            case .span: ["span_id", "spanId", "span.id", "dd.span_id", "otelSpanID", "spanid"]
            case .correlation:
                [
                    "missionId", "mission_id", "conversationId", "conversation_id", "request_id", "requestId",
                    "correlation_id", "correlationId", "X-Correlation-ID", "x-correlation-id", "reqId", "session_id",
                    "sessionId",
                ]
            case .agent: ["agentId", "agent_id"]
            case .step: ["stepId", "step_id"]
            case .user: ["userId", "user_id"]
            case .service: ["service", "service.name", "name", "logger", "component"]
            case .traceObject: ["trace"]
            case .datadog: ["dd"]
            case .spanObject: ["span"]
            case .request: ["req"]
            case .log: ["log"]
            case .python: ["levelno"]
            }
        }
    }

    private let line: JSONView
    private let fields: FieldTable<Field>.Picked

    init(_ line: JSONView) {
        self.line = line
        fields = Field.table.pick(from: line)
    }

    var message: JSONView { fields[.message] }

    var level: JSONView {
        let level = fields[.level]
        return level.exists ? level : fields[.log]["level"]
    }

    var time: JSONView { fields[.time] }

    var agent: FieldText? { fields[.agent].fieldText }

    var step: FieldText? { fields[.step].fieldText }

    var service: String? { fields[.service].string }

    var trace: FieldText? {
        fields[.trace].fieldText ?? fields[.traceObject]["id"].fieldText
            ?? fields[.datadog]["trace_id"].fieldText
    }

    /// What lines that name no trace have in common, the widest first.
    var correlation: FieldText? {
        fields[.correlation].fieldText ?? fields[.request]["id"].fieldText ?? agent ?? step
            ?? fields[.user].fieldText
    }

    /// What went wrong, of a line that says that something did.
    var error: String? {
        guard mayBeError else { return nil }
        let severity = severity
        return severity.number >= 17 ? message.text ?? severity.text : nil
    }

    /// Hex, or the decimal number that Datadog writes.
    static func traceID(_ text: String) -> TraceID? {
        let digits = text.filter { $0 != "-" }
        if digits.utf8.count == 32 || digits.utf8.count == 16, let id = TraceID(hex: digits), !id.isZero { return id }
        return UInt64(text).flatMap { $0 == 0 ? nil : TraceID(high: 0, low: $0) }
    }

    /// Nothing where none is named, so that the line is the trace's.
    var spanID: SpanID {
        let named =
            fields[.span].text ?? fields[.spanObject]["id"].text ?? fields[.datadog]["span_id"].text
        guard let text = named else { return SpanID(0) }
        if text.utf8.count == 16, let id = SpanID(hex: text) { return id }
        return UInt64(text).map { SpanID($0) } ?? SpanID(hex: text) ?? SpanID(0)
    }

    /// With `isBrief`, only the ids and the time.
    func record(_ trace: TraceID, _ span: SpanID, _ time: Int64, isBrief: Bool) -> LogRecord {
        var log = LogRecord(traceID: trace, spanID: span, time: time)
        if isBrief { return log }
        (log.severityNumber, log.severityText) = severity
        log.body = message.exists ? message.attribute : .empty
        for (key, value) in line.fields where value.exists && !Self.known.contains(key) {
            log.attributes.append(Attribute(key, value.attribute))
        }
        return log
    }

    /// Words for what is no error are many and come often, and none begins as those for errors do.
    private var mayBeError: Bool {
        level.withPlainString { word in word.first.map { "fceapFCEAP".utf8.contains($0) } ?? false } ?? true
    }

    private static let known: Set<String> = [
        "msg", "message", "time", "timestamp", "ts", "@timestamp", "level", "levelname", "severity",
    ]

    /// OpenTelemetry's number and the word. pino writes numbers of its own, and Python others, which are ten less.
    private var severity: (number: Int32, text: String) {
        let level = level
        let python = fields[.python].integer
        let given = level.kind == .number ? level.integer : nil
        if let number = given ?? (level.exists ? nil : python.map { $0.addingReportingOverflow(10).partialValue }) {
            switch number {
            case 60...: return (21, "FATAL")
            case 50..<60: return (17, "ERROR")
            case 40..<50: return (13, "WARN")
            case 30..<40: return (9, "INFO")
            case 20..<30: return (5, "DEBUG")
            default: return (1, "TRACE")
            }
        }
        let word = (level.string ?? "").uppercased()
        switch word {
        case "FATAL", "CRITICAL", "EMERG", "EMERGENCY", "ALERT", "CRIT", "PANIC": return (21, word)
        case "ERROR", "ERR": return (17, word)
        case "WARN", "WARNING": return (13, word)
        case "INFO", "NOTICE", "HTTP": return (9, word)
        case "DEBUG", "VERBOSE": return (5, word)
        case "TRACE", "SILLY": return (1, word)
        default: return (0, word)
        }
    }
}
