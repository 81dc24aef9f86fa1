import TraceModel

/// Langfuse's exports: traces with their observations and scores, or observations in rows, in either spelling.
struct LangfuseTranslator: TraceTranslator {
    static let format = ForeignFormat(.langfuse, .document, recognises: recognises) { _ in LangfuseTranslator() }
    static let lines = ForeignFormat(.langfuseLines, .lines, records: .inAnyOrder, recognises: recognises) { _ in
        LangfuseTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        var first = value["data"].kind == .array ? value["data"] : value
        if first.kind == .array { first = first[0] }
        if first["observations"].kind == .array, first["trace"].exists || first["id"].exists { return true }
        let isObservation = first.first(of: "traceId", "trace_id").exists && first["type"].kind == .string
        return isObservation && kinds.contains(first["type"].string?.uppercased() ?? "")
    }

    private static let kinds: Set<String> = [
        "SPAN", "GENERATION", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL",
    ]

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let list = record["data"].kind == .array ? record["data"] : record
        for element in list.kind == .array ? Array(list.elements) : [list] {
            let place = place.place(of: element)
            if element["observations"].kind == .array {
                take(trace: element, at: place, &output)
            } else {
                take(observation: element, trace: nil, at: place, &output)
            }
        }
    }

    private func take(trace element: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        let record = element["trace"].kind == .object ? element["trace"] : element
        guard let name = record["id"].filled else { return output.report("a trace without its id", at: place) }
        let trace = DerivedID.trace(name, in: "langfuse")
        let root = DerivedID.span("langfuse trace \(name)")
        var last: Int64 = 0
        for observation in element["observations"].elements where observation.kind == .object {
            let end = take(observation: observation, trace: name, at: place.place(of: observation), &output)
            last = max(last, end)
        }
        let start = Timestamp.of(record.first(of: "timestamp", "createdAt", "created_at"), isUTC: true) ?? 0
        let body = SpanBody(
            traceID: trace, spanID: root, name: record["name"].filled ?? "trace", start: start, end: max(last, start, 1)
        )
        var span = TranslatedSpan(body, from: place.place(of: record))
        span.setService("langfuse")
        span.set(SpanVocabulary.traceID, name)
        span.set("session.id", record.first(of: "sessionId", "session_id"))
        span.set("user.id", record.first(of: "userId", "user_id"))
        span.set("input.value", record["input"])
        span.set("output.value", record["output"])
        setMetadata(record["metadata"], on: &span)
        for score in [element["scores"], record["scores"]].flatMap({ Array($0.elements) }) where score.kind == .object {
            let value = score["value"].double
            span.addScore(
                score["name"].text ?? "score", value: value, label: score.first(of: "stringValue", "string_value").text,
                explanation: score["comment"].text, by: score["source"].text,
                at: Timestamp.of(score["timestamp"], isUTC: true) ?? body.end)
            if score.first(of: "observationId", "observation_id").exists == false { span.setReward(value) }
        }
        span.setRest(
            of: record, prefix: "langfuse.",
            except: [
                "id", "name", "timestamp", "sessionId", "userId", "input", "output", "metadata", "observations",
                "scores",
            ])
        output.add(span)
    }

    /// Returns when it ended.
    @discardableResult
    private func take(
        observation record: JSONView, trace given: String?, at place: RecordPlace, _ output: inout TranslationOutput
    ) -> Int64 {
        guard let id = record["id"].filled, let name = given ?? record.first(of: "traceId", "trace_id").filled else {
            output.report("an observation without its id or its trace's", at: place)
            return 0
        }
        let parent = record.first(of: "parentObservationId", "parent_observation_id").filled
        let start = Timestamp.of(record.first(of: "startTime", "start_time"), isUTC: true) ?? 0
        let isEvent = record["type"].string?.uppercased() == "EVENT"
        let end = Timestamp.of(record.first(of: "endTime", "end_time"), isUTC: true) ?? (isEvent ? start : 0)
        var body = SpanBody(
            traceID: DerivedID.trace(name, in: "langfuse"), spanID: Self.id(id), name: record["name"].text ?? "",
            start: start, end: end)
        // An observation of rows stands under nothing: its trace's own row is elsewhere.
        body.parentID =
            parent.map { Self.id($0) } ?? (given.map { DerivedID.span("langfuse trace \($0)") } ?? SpanID(0))
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.setService("langfuse")
        span.set(SpanVocabulary.traceID, name)
        span.set(SpanVocabulary.spanID, id)
        span.setOperation(record["type"].string)
        let isModel = record["type"].string?.uppercased() == "GENERATION"
        span.set("gen_ai.request.model", record.first(of: "model", "providedModelName", "provided_model_name"))
        if isModel { span.setMessages(input: record["input"], output: record["output"]) }
        span.set("input.value", record["input"])
        span.set("output.value", record["output"])
        let usage = record.first(of: "usageDetails", "usage_details", "usage")
        span.setUsage(usage)
        span.set(
            "gen_ai.usage.cost",
            record.first(of: "costDetails", "cost_details")["total"].double
                ?? record.first(of: "calculatedTotalCost", "totalCost", "total_cost").double)
        if record["level"].string?.uppercased() == "ERROR" {
            span.fail(record.first(of: "statusMessage", "status_message").text ?? "error")
        }
        setMetadata(record["metadata"], on: &span)
        span.setRest(
            of: record, prefix: "langfuse.",
            except: [
                "id", "traceId", "trace_id", "parentObservationId", "parent_observation_id", "name", "startTime",
                "start_time", "endTime", "end_time", "type", "input", "output", "metadata", "model",
            ])
        output.add(span)
        return end
    }

    private static func id(_ text: String) -> SpanID { DerivedID.span(of: text) }

    /// Metadata is an object, or the JSON of one in a string.
    private func setMetadata(_ value: JSONView, on span: inout TranslatedSpan) {
        if let text = value.string {
            var copy = span
            text.withJSON { inner in
                if inner.kind == .object {
                    copy.setRest(of: inner, prefix: "metadata.", except: [])
                } else {
                    copy.set("metadata", text)
                }
            }
            span = copy
        } else {
            span.setRest(of: value, prefix: "metadata.", except: [])
        }
    }
}
