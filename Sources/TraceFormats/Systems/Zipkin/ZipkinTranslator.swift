import TraceModel

/// Zipkin's spans of version 2: an array, arrays of arrays, or a span a line.
struct ZipkinTranslator: TraceTranslator {
    static let format = ForeignFormat(.zipkin, .document, recognises: recognises) { _ in ZipkinTranslator() }
    static let lines = ForeignFormat(.zipkinLines, .lines, records: .inAnyOrder, recognises: recognises) { _ in
        ZipkinTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        var first = value
        for _ in 0..<2 where first.kind == .array { first = first[0] }
        return first["traceId"].kind == .string && first["id"].kind == .string
            && (first["timestamp"].kind == .number || first["localEndpoint"].exists || first["kind"].exists)
            && first["startTimeUnixNano"].kind == .nothing && first["span_data"].kind == .nothing
            && first["observations"].kind == .nothing && first["type"].kind == .nothing
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        for element in record.kind == .array ? Array(record.elements) : [record] {
            if element.kind == .array {
                for span in element.elements { take(span: span, at: place.place(of: span), &output) }
            } else {
                take(span: element, at: place.place(of: element), &output)
            }
        }
    }

    private func take(span: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        guard let trace = span["traceId"].hexTraceID,
            let id = span["id"].hexSpanID, !trace.isZero, !id.isZero
        else { return output.report("a span without usable ids", at: place) }
        let start = micros(span["timestamp"])
        let parent = span["parentId"].hexSpanID ?? SpanID(0)
        var body = SpanBody(
            traceID: trace, spanID: id, parentID: parent, name: span["name"].text ?? "", start: start,
            end: span["duration"].exists ? max(start + micros(span["duration"]), 1) : 0)
        switch span["kind"].string {
        case "CLIENT": body.kind = .client
        case "SERVER":
            body.kind = .server
            // The server's half has the client's id: it stands under it.
            if span["shared"].bool == true {
                body.spanID = DerivedID.span("zipkin server \(id)")
                body.parentID = id
            }
        case "PRODUCER": body.kind = .producer
        case "CONSUMER": body.kind = .consumer
        default: break
        }
        var made = TranslatedSpan(body, from: place)
        if let service = span["localEndpoint"]["serviceName"].text { made.setService(service) }
        made.setRest(of: span["localEndpoint"], prefix: "local.", except: ["serviceName"])
        made.setRest(of: span["remoteEndpoint"], prefix: "peer.", except: [])
        for (key, value) in span["tags"].fields {
            switch key {
            case "error":
                made.fail(value.text ?? "error")
            case "otel.status_code":
                made.body.status = value.string == "ERROR" ? .error : value.string == "OK" ? .ok : .unset
            default: made.set(key, value)
            }
        }
        for annotation in span["annotations"].elements {
            made.body.events.append(
                SpanEvent(name: annotation["value"].text ?? "", time: micros(annotation["timestamp"])))
        }
        made.setRest(
            of: span, prefix: "zipkin.",
            except: [
                "traceId", "id", "parentId", "name", "timestamp", "duration", "kind", "localEndpoint", "remoteEndpoint",
                "tags", "annotations",
            ])
        output.add(made)
    }

    private func micros(_ value: JSONView) -> Int64 {
        let number = value.integer ?? 0
        return number > 0 && number < Int64.max / 1000 ? number * 1000 : 0
    }
}
