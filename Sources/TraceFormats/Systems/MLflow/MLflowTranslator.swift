import TraceModel

/// MLflow's traces, of its second and third version: `{info, data: {spans}}`.
struct MLflowTranslator: TraceTranslator {
    static let format = ForeignFormat(.mlflow, .document, recognises: recognises) { _ in MLflowTranslator() }
    static let lines = ForeignFormat(.mlflowLines, .lines, records: .inAnyOrder, recognises: recognises) { _ in
        MLflowTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        let first = first(of: value)
        return (first["info"].kind == .object || first["trace_info"].kind == .object) && spans(of: first).kind == .array
    }

    private static func first(of value: JSONView) -> JSONView {
        value.kind == .array ? value[0] : value["traces"].kind == .array ? value["traces"][0] : value
    }

    private static func spans(of trace: JSONView) -> JSONView { trace.first(of: "data", "trace_data")["spans"] }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let list = record["traces"].kind == .array ? record["traces"] : record
        for trace in list.kind == .array ? Array(list.elements) : [list] { take(trace: trace, at: place, &output) }
    }

    private func take(trace record: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        let info = record.first(of: "info", "trace_info")
        let name = info.first(of: "trace_id", "request_id").text ?? ""
        let known = name.hasPrefix("tr-") ? TraceID(hex: name.dropFirst(3)) : nil
        var hasRoot = false
        for view in Self.spans(of: record).elements where view.kind == .object {
            let place = place.place(of: view)
            let context = view["context"]
            guard let id = (view["span_id"].text ?? context["span_id"].text).flatMap(Self.span) else {
                output.report("a span without its id", at: place)
                continue
            }
            let given = (view["trace_id"].text ?? context["trace_id"].text).flatMap(Self.trace)
            let parent = view.first(of: "parent_span_id", "parent_id").filled.flatMap(Self.span)
            var body = SpanBody(
                traceID: known ?? given ?? DerivedID.trace(name, in: "mlflow"), spanID: id,
                parentID: parent ?? SpanID(0),
                name: view["name"].text ?? "", start: Self.time(view.first(of: "start_time_unix_nano", "start_time")),
                end: Self.time(view.first(of: "end_time_unix_nano", "end_time")))
            body.kind = .internal
            var span = TranslatedSpan(body, from: place)
            if parent == nil, !hasRoot {
                hasRoot = true
                describe(info, on: &span)
            }
            setStatus(view, on: &span)
            setAttributes(view["attributes"], on: &span)
            for event in view["events"].elements {
                var made = SpanEvent(
                    name: event["name"].text ?? "", time: Self.time(event.first(of: "time_unix_nano", "timestamp")))
                for (key, value) in event["attributes"].fields {
                    made.attributes.append(Attribute(key, value.attribute))
                }
                span.body.events.append(made)
            }
            output.add(span)
        }
    }

    private func describe(_ info: JSONView, on span: inout TranslatedSpan) {
        let name = info.first(of: "trace_id", "request_id").text ?? ""
        if TraceID(hex: name) == nil { span.set(SpanVocabulary.traceID, name) }
        span.setService("mlflow")
        span.set("session.id", info.first(of: "trace_metadata", "request_metadata")["mlflow.trace.session"])
        for assessment in info["assessments"].elements {
            let feedback = assessment.first(of: "feedback", "expectation")["value"]
            let value = feedback.double ?? feedback.bool.map { $0 ? 1 : 0 }
            span.addScore(
                assessment.first(of: "assessment_name", "name").text ?? "assessment", value: value,
                label: value == nil ? feedback.text : nil, explanation: assessment["rationale"].text,
                by: assessment["source"].first(of: "source_id", "source_type").text,
                at: Timestamp.of(assessment.first(of: "create_time", "create_time_ms")) ?? span.body.end)
            if assessment["feedback"].exists { span.setReward(value) }
        }
        span.setRest(of: info, prefix: "mlflow.", except: ["trace_id", "request_id", "assessments"])
    }

    private func setStatus(_ view: JSONView, on span: inout TranslatedSpan) {
        let status = view["status"]
        let code = status.first(of: "code", "status_code").text ?? status.text ?? view["status_code"].text ?? ""
        if code.uppercased().hasSuffix("ERROR") || code == "2" {
            span.fail(status.first(of: "message", "description").text ?? view["status_message"].text ?? "")
        } else if code.uppercased().hasSuffix("OK") || code == "1" {
            span.body.status = .ok
        }
    }

    /// The values are JSON in strings.
    private func setAttributes(_ attributes: JSONView, on span: inout TranslatedSpan) {
        let isModel =
            attributes["mlflow.spanType"].string.map { $0.contains("CHAT_MODEL") || $0.contains("LLM") } ?? false
        for (key, value) in attributes.fields {
            var copy = span
            let text = value.string ?? value.json
            text.withJSON { inner in
                switch key {
                case "mlflow.spanInputs":
                    copy.set("input.value", inner.kind == .nothing ? .string(text) : inner.attribute)
                    if isModel { copy.setMessages(input: inner, output: JSONDocument.nothing) }
                case "mlflow.spanOutputs":
                    copy.set("output.value", inner.kind == .nothing ? .string(text) : inner.attribute)
                    if isModel { copy.setMessages(input: JSONDocument.nothing, output: inner) }
                case "mlflow.spanType": copy.setOperation(inner.string ?? text)
                case "mlflow.chat.tokenUsage": copy.setUsage(inner)
                case "mlflow.llm.model": copy.set("gen_ai.request.model", inner.string ?? text)
                default: copy.set(key, inner.kind == .nothing ? .string(text) : inner.attribute)
                }
            }
            span = copy
        }
    }

    private static func time(_ value: JSONView) -> Int64 {
        if value.kind == .number, let number = value.integer, number > 1_000_000_000_000_000_000 { return number }
        return Timestamp.of(value, isUTC: true) ?? 0
    }

    /// Base64, hex behind `0x`, or hex.
    private static func span(_ text: String) -> SpanID? {
        if text.hasPrefix("0x") { return SpanID(hex: text.dropFirst(2)) }
        if text.utf8.count == 16, let id = SpanID(hex: text) { return id }
        return bytes(text, count: 8).map { SpanID($0[0]) } ?? DerivedID.span(of: text)
    }

    private static func trace(_ text: String) -> TraceID? {
        if text.hasPrefix("0x") { return TraceID(hex: text.dropFirst(2)) }
        if text.utf8.count == 32, let id = TraceID(hex: text) { return id }
        return bytes(text, count: 16).map { TraceID(high: $0[0], low: $0[1]) }
    }

    private static func bytes(_ text: String, count: Int) -> [UInt64]? {
        var text = text
        let bytes = text.withUTF8 { JSONText.base64($0) }
        guard let bytes, bytes.count == count else { return nil }
        return stride(from: 0, to: count, by: 8).map { OTLPIdentifiers.number(bytes[$0..<$0 + 8]) }
    }
}
