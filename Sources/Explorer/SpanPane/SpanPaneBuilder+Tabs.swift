import Cells
import TraceAnalysis
import TraceModel
import TraceStore

extension SpanPaneBuilder {
    /// Why the span failed, where it did.
    mutating func addStatus(_ body: SpanBody) {
        if body.status == .error || !body.statusMessage.isEmpty {
            let message = body.statusMessage.isEmpty ? "no message" : body.statusMessage
            let role: Role = body.status == .error ? .spanError : .value
            if message.utf8.count + 12 < width, !message.utf8.contains(10) {
                add(.attribute, key: body.status.name, text: message, role: role, value: .string(message))
            } else {
                let head = String(message.prefix(200).prefix { !$0.isNewline }) + " …"
                add(.attribute, key: body.status.name, text: head, role: role, value: .string(message)) {
                    $0.addText(message, role: role)
                }
            }
        }
    }

    mutating func addAttributes(_ body: SpanBody) {
        addStatus(body)
        add(body.attributes)
        if body.droppedAttributes > 0 {
            add(.text, key: "", text: "\(body.droppedAttributes) attributes were dropped by the sender", role: .textDim)
        }
        addIdentity(body)
        let service = body.resource.attributes.value("service.name")?.summary ?? ""
        add(.heading, key: "Resource", text: service, startsOpen: false) { builder in
            builder.add(body.resource.attributes)
            builder.addDropped(body.resource.droppedAttributes)
        }
        let scope = body.scope
        add(.heading, key: "Scope", text: "\(scope.name) \(scope.version)", startsOpen: false) { builder in
            builder.add(scope.attributes)
            builder.addDropped(scope.droppedAttributes)
        }
    }

    private mutating func addIdentity(_ body: SpanBody) {
        add(.heading, key: "Span", text: "\(body.spanID)  \(body.kind.name)", startsOpen: false) { builder in
            builder.add(.attribute, "trace", .string("\(body.traceID)"))
            builder.add(.attribute, "span", .string("\(body.spanID)"))
            if !body.parentID.isZero { builder.add(.attribute, "parent", .string("\(body.parentID)")) }
            builder.add(.attribute, "kind", .string(body.kind.name))
            builder.add(.attribute, "status", .string(body.status.name))
            builder.add(.attribute, "start, ns since the epoch", .int(body.start))
            builder.add(.attribute, "end, ns since the epoch", .int(body.end))
            if !body.traceState.isEmpty { builder.add(.attribute, "trace state", .string(body.traceState)) }
            if body.flags != 0 { builder.add(.attribute, "flags", .int(Int64(body.flags))) }
        }
    }

    private mutating func addDropped(_ count: UInt32) {
        if count > 0 { add(.text, key: "", text: "\(count) attributes were dropped by the sender", role: .textDim) }
    }

    mutating func addEvents(_ body: SpanBody) {
        for event in body.events {
            let isException = event.name == "exception"
            let words = event.attributes.prefix(3).map { "\($0.key.lastComponent)=\($0.value.summary)" }
            add(
                .event, key: Self.offset(event.time, from: body.start),
                text: ([event.name] + words).joined(separator: "  "), role: isException ? .spanError : .event,
                value: .map(event.attributes), startsOpen: isException
            ) { builder in
                builder.add(event.attributes, startsOpen: isException)
                builder.addDropped(event.droppedAttributes)
            }
        }
        if body.droppedEvents > 0 {
            add(.text, key: "", text: "\(body.droppedEvents) events were dropped by the sender", role: .textDim)
        }
    }

    mutating func addLinks(_ body: SpanBody) {
        for link in body.links {
            let words = link.attributes.prefix(3).map { "\($0.key.lastComponent)=\($0.value.summary)" }
            let place = link.traceID == body.traceID ? "this trace" : "trace \(link.traceID)"
            add(
                .link(link), key: "→ \(link.spanID)", text: ([place] + words).joined(separator: "  "), role: .link,
                value: .string("\(link.spanID)"), startsOpen: false
            ) { builder in
                builder.add(link.attributes)
                if !link.traceState.isEmpty { builder.add(.attribute, "trace state", .string(link.traceState)) }
            }
        }
        if body.droppedLinks > 0 {
            add(.text, key: "", text: "\(body.droppedLinks) links were dropped by the sender", role: .textDim)
        }
    }

    mutating func addLogs(_ logs: [LogRecord], from start: Int64) {
        for log in logs {
            let severity = log.severityText.isEmpty ? Self.severity(log.severityNumber) : log.severityText
            let name = log.eventName.isEmpty ? "" : log.eventName + " "
            let role: Role =
                switch log.severityNumber {
                case 17...: .logError
                case 13...16: .logWarning
                default: .logInfo
                }
            add(
                .log, key: "\(Self.offset(log.time, from: start)) \(severity)",
                text: name + String(log.body.summary.prefix { !$0.isNewline }), role: role,
                value: log.body, startsOpen: false
            ) { builder in
                if case .string(let text) = log.body {
                    if text.utf8.count > 60 { builder.addText(text, role: role) }
                } else {
                    builder.add(.attribute, "body", log.body)
                }
                builder.add(log.attributes)
            }
        }
    }

    mutating func addRaw(_ raw: RawSpan) {
        let encoding = raw.encoding == .json ? "JSON" : "protobuf"
        let size = Figures.bytes(UInt64(raw.length))
        add(.heading, key: "\(encoding), \(size)", text: "\(raw.file) at byte \(raw.offset)", startsOpen: true)
        switch raw.encoding {
        case .json: addText(String(decoding: raw.bytes, as: UTF8.self), role: .value)
        case .protobuf: addHexadecimal(raw.bytes)
        }
        if raw.bytes.count < raw.length {
            add(.text, key: "", text: "… \(raw.length - raw.bytes.count) more bytes; y j copies all", role: .textDim)
        }
    }

    /// A time as people look for it: from the start of the span.
    private static func offset(_ time: Int64, from start: Int64) -> String {
        let (offset, overflows) = time.subtractingReportingOverflow(start)
        guard time != 0, !overflows else { return "no time" }
        return offset < 0 ? Figures.duration(offset) : "+" + Figures.duration(offset)
    }

    private static func severity(_ number: Int32) -> String {
        switch number {
        case 1...4: "TRACE"
        case 5...8: "DEBUG"
        case 9...12: "INFO"
        case 13...16: "WARN"
        case 17...20: "ERROR"
        case 21...24: "FATAL"
        default: ""
        }
    }
}

extension String {
    /// What stands after the last dot: enough of a key where there is little room.
    fileprivate var lastComponent: Substring {
        lastIndex(of: ".").map { self[index(after: $0)...] } ?? self[...]
    }
}
