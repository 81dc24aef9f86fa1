import TraceModel

/// Jaeger's traces: as its screens and its API of version 2 give them, and spans a line.
struct JaegerTranslator: TraceTranslator {
    static let format = ForeignFormat(.jaeger, .document, recognises: recognises) { _ in JaegerTranslator() }
    static let lines = ForeignFormat(.jaegerLines, .lines, records: .inAnyOrder, recognises: recognises) { _ in
        JaegerTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        let first = value["data"].kind == .array ? value["data"][0] : value.kind == .array ? value[0] : value
        return first["traceID"].exists && (first["spans"].kind == .array || first["operationName"].exists)
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let list = record["data"].kind == .array ? record["data"] : record
        for trace in list.kind == .array ? Array(list.elements) : [list] {
            if trace["spans"].kind == .array {
                for span in trace["spans"].elements {
                    take(span, trace["processes"], at: place.place(of: span), &output)
                }
            } else {
                take(trace, JSONView?.none, at: place.place(of: trace), &output)
            }
        }
    }

    private func take(
        _ span: JSONView, _ processes: JSONView?, at place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let trace = span["traceID"].hexTraceID,
            let id = span["spanID"].hexSpanID, !trace.isZero, !id.isZero
        else { return output.report("a span without usable ids", at: place) }
        let start = micros(span["startTime"])
        var body = SpanBody(
            traceID: trace, spanID: id, name: span["operationName"].text ?? "", start: start,
            end: start &+ micros(span["duration"]))
        if body.end == 0 { body.end = 1 }
        if let parent = span["parentSpanID"].hexSpanID { body.parentID = parent }
        var made = TranslatedSpan(body, from: place)
        for reference in span["references"].elements {
            guard let other = reference["spanID"].hexSpanID else { continue }
            let its = reference["traceID"].hexTraceID ?? trace
            if reference["refType"].string == "CHILD_OF", its == trace, made.body.parentID.isZero {
                made.body.parentID = other
            } else {
                made.body.links.append(
                    SpanLink(
                        traceID: its, spanID: other, attributes: [Attribute("refType", reference["refType"].value)]))
            }
        }
        setTags(span["tags"], on: &made)
        for log in span["logs"].elements {
            var event = SpanEvent(name: "log", time: micros(log["timestamp"]))
            for field in log["fields"].elements {
                let attribute = Attribute(field["key"].text ?? "", value(of: field))
                if attribute.key == "event", case .string(let name) = attribute.value { event.name = name }
                event.attributes.append(attribute)
            }
            made.body.events.append(event)
        }
        setProcess(processes?.kind == .object ? process(span["processID"], in: processes) : span["process"], on: &made)
        if span["warnings"].kind == .array { made.set("jaeger.warnings", span["warnings"]) }
        output.add(made)
    }

    private func process(_ id: JSONView, in processes: JSONView?) -> JSONView {
        guard let id = id.string, let processes else { return JSONDocument.nothing }
        for (key, value) in processes.fields where key == id { return value }
        return JSONDocument.nothing
    }

    private func setProcess(_ process: JSONView, on span: inout TranslatedSpan) {
        if let name = process["serviceName"].text { span.setService(name) }
        for tag in process["tags"].elements {
            span.body.resource.attributes.append(Attribute(tag["key"].text ?? "", value(of: tag)))
        }
    }

    /// Some tags are what OpenTelemetry has fields for.
    private func setTags(_ tags: JSONView, on span: inout TranslatedSpan) {
        for tag in tags.elements {
            let key = tag["key"].text ?? ""
            let value = value(of: tag)
            switch (key, value) {
            case ("span.kind", .string(let kind)):
                span.body.kind = SpanKind.allCases.first { $0.name == kind } ?? .unspecified
            case ("error", .bool(true)), ("error", .string("true")), ("otel.status_code", .string("ERROR")):
                span.body.status = .error
            case ("otel.status_code", .string("OK")): span.body.status = .ok
            case ("otel.status_description", .string(let text)): span.body.statusMessage = text
            case ("otel.scope.name", .string(let name)), ("otel.library.name", .string(let name)):
                span.body.scope.name = name
            default: span.attributes.append(key, value)
            }
        }
    }

    private func value(of tag: JSONView) -> AttributeValue {
        switch tag["type"].string {
        case "int64": tag["value"].integer.map { .int($0) } ?? tag["value"].value
        case "float64": tag["value"].double.map { .double($0) } ?? tag["value"].value
        case "bool":
            tag["value"].bool.map { .bool($0) } ?? (tag["value"].string == "true" ? .bool(true) : tag["value"].value)
        default: tag["value"].value
        }
    }

    private func micros(_ value: JSONView) -> Int64 {
        let number = value.integer ?? 0
        return number > 0 && number < Int64.max / 1000 ? number * 1000 : 0
    }
}
