import TraceModel

/// Phoenix's spans: OpenInference attributes, nested or with dots, a span a line or in an array.
struct PhoenixTranslator: TraceTranslator {
    static let format = ForeignFormat(.phoenix, .document, recognises: recognises) { _ in PhoenixTranslator() }
    static let lines = ForeignFormat(.phoenixLines, .lines, records: .inAnyOrder, recognises: recognises) { _ in
        PhoenixTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        let first = first(of: value)
        return first["context"]["trace_id"].exists && first["context"]["span_id"].exists
    }

    private static func first(of value: JSONView) -> JSONView {
        value.kind == .array ? value[0] : value["data"].kind == .array ? value["data"][0] : value
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let list = record["data"].kind == .array ? record["data"] : record
        for span in list.kind == .array ? Array(list.elements) : [list] {
            take(span: span, at: place.place(of: span), &output)
        }
    }

    private func take(span: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        guard let traceText = span["context"]["trace_id"].filled, let spanText = span["context"]["span_id"].filled
        else {
            return output.report("a span without its context's ids", at: place)
        }
        let trace = TraceID(hex: Self.digits(traceText)) ?? DerivedID.trace(traceText, in: "phoenix")
        let start = Timestamp.of(span["start_time"], isUTC: true) ?? 0
        var body = SpanBody(
            traceID: trace, spanID: DerivedID.span(of: Self.digits(spanText)),
            parentID: span["parent_id"].filled.map { DerivedID.span(of: Self.digits($0)) } ?? SpanID(0),
            name: span["name"].text ?? "", start: start, end: Timestamp.of(span["end_time"], isUTC: true) ?? 0)
        body.kind = .internal
        var made = TranslatedSpan(body, from: place)
        if TraceID(hex: Self.digits(traceText)) == nil { made.set(SpanVocabulary.traceID, traceText) }
        made.setService(span["project_name"].text ?? "phoenix")
        let status = span.first(of: "status_code", "status").text ?? span["status"]["status_code"].text
        if status?.uppercased() == "ERROR" {
            made.fail(span.first(of: "status_message").text ?? span["status"]["description"].text ?? "")
        } else if status?.uppercased() == "OK" {
            made.body.status = .ok
        }
        made.set("openinference.span.kind", span["span_kind"])
        flatten(span["attributes"], prefix: "", into: &made, depth: 0)
        for event in span["events"].elements {
            var made2 = SpanEvent(
                name: event["name"].text ?? "", time: Timestamp.of(event["timestamp"], isUTC: true) ?? 0)
            for (key, value) in event["attributes"].fields { made2.attributes.append(Attribute(key, value.attribute)) }
            made.body.events.append(made2)
        }
        addAnnotations(span, to: &made)
        made.setRest(
            of: span, prefix: "phoenix.",
            except: [
                "context", "name", "start_time", "end_time", "parent_id", "status_code", "status_message", "status",
                "span_kind", "attributes", "events", "annotations", "project_name",
            ])
        output.add(made)
    }

    private func addAnnotations(_ span: JSONView, to made: inout TranslatedSpan) {
        for annotation in span["annotations"].elements {
            let result = annotation["result"]
            let score = result["score"].double ?? annotation["score"].double
            made.addScore(
                annotation["name"].text ?? "annotation", value: score, label: result["label"].text,
                explanation: result["explanation"].text, by: annotation["annotator_kind"].text,
                at: Timestamp.of(annotation["created_at"], isUTC: true) ?? made.body.end)
            made.setReward(score)
        }
    }

    /// `{"llm": {"model_name": …}}` and `{"llm.model_name": …}` mean the same.
    private func flatten(_ object: JSONView, prefix: String, into span: inout TranslatedSpan, depth: Int) {
        for (key, value) in object.fields {
            if value.kind == .object, depth < 8 {
                flatten(value, prefix: prefix + key + ".", into: &span, depth: depth + 1)
            } else if value.kind == .array, depth < 8, value[0].kind == .object {
                for (index, element) in value.elements.enumerated() {
                    flatten(element, prefix: "\(prefix)\(key).\(index).", into: &span, depth: depth + 1)
                }
            } else {
                span.set(prefix + key, value)
            }
        }
    }

    private static func digits(_ text: String) -> String { text.hasPrefix("0x") ? String(text.dropFirst(2)) : text }
}
