import TraceModel

/// The OpenAI Agents SDK's traces and spans, as its exporter sends them: one by one, in lists, or in batches of `data`.
///
/// A span comes when it ends, so children come before their parents, and a trace says nothing of its times.
struct OpenAIAgentsTranslator: TraceTranslator {
    static let format = ForeignFormat(.openAIAgents, .document, recognises: recognises) { _ in OpenAIAgentsTranslator()
    }
    static let lines = ForeignFormat(.openAIAgentsLines, .lines, records: .inAnyOrder, recognises: recognises) { _ in
        OpenAIAgentsTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        let list = value["data"].kind == .array ? value["data"] : value
        let first = list.kind == .array ? list[0] : list
        let kind = first["object"].string
        return kind == "trace" || kind == "trace.span"
    }

    private struct Trace {
        var start: Int64 = .max
        var end: Int64 = 0
        var isNamed = false
        var isTold = false
        var place: RecordPlace

        mutating func join(_ later: Trace) {
            start = min(start, later.start)
            end = max(end, later.end)
            isNamed = isNamed || later.isNamed
            isTold = isTold && later.isTold
        }
    }

    private var traces: [String: Trace] = [:]
    private var order: [String] = []
    private var handoffs = OpenAIAgentsHandoffs()

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let list = record["data"].kind == .array ? record["data"] : record
        guard list.kind == .array else { return take(one: record, at: place, &output) }
        for element in list.elements { take(one: element, at: place.place(of: element), &output) }
    }

    private mutating func take(one record: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        switch record["object"].string {
        case "trace": takeTrace(record, at: place, &output)
        case "trace.span": takeSpan(record, at: place, &output)
        default: output.report("neither a trace nor a span", at: place)
        }
    }

    static func trace(_ id: String) -> TraceID {
        DerivedID.trace(id.hasPrefix("trace_") ? String(id.dropFirst(6)) : id, in: "openai")
    }

    static func span(_ id: String, in trace: String) -> SpanID { DerivedID.span("openai \(trace) \(id)") }

    private static func root(_ trace: String) -> SpanID { DerivedID.span("openai trace \(trace)") }

    private func root(
        _ trace: String, named name: String, start: Int64 = 0, end: Int64 = 0, at place: RecordPlace
    ) -> TranslatedSpan {
        var body = SpanBody(
            traceID: Self.trace(trace), spanID: Self.root(trace), name: name, start: start, end: end)
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.isPiece = true
        span.setService("openai-agents")
        span.set(SpanVocabulary.traceID, trace)
        span.set("gen_ai.operation.name", "invoke_workflow")
        return span
    }

    private mutating func takeTrace(_ record: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        guard let id = record["id"].filled else { return output.report("a trace without its id", at: place) }
        note(id, at: place)
        traces[id]?.isNamed = true
        var span = root(id, named: record["workflow_name"].filled ?? "workflow", at: place)
        span.set("session.id", record["group_id"])
        span.set("input.value", record["metadata"].first(of: "input", "task", "goal", "query").text)
        span.setRest(of: record, prefix: "openai.", except: ["object", "id", "workflow_name", "group_id"])
        output.add(span)
    }

    private mutating func note(_ id: String, at place: RecordPlace) {
        guard traces[id] == nil else { return }
        traces[id] = Trace(place: place.remembered)
        order.append(id)
    }

    private mutating func takeSpan(_ record: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        guard let id = record["id"].filled, let trace = record["trace_id"].filled else {
            return output.report("a span without its id or its trace's", at: place)
        }
        let data = record["span_data"]
        let type = data["type"].filled ?? "custom"
        let given = Timestamp.of(record["started_at"], isUTC: true)
        let end = Timestamp.of(record["ended_at"], isUTC: true) ?? 0
        note(trace, at: place)
        let start = given ?? end
        if let given { traces[trace]?.start.lower(to: given) }
        traces[trace]?.end.raise(to: end)
        traces[trace]?.isTold = false
        let parent = record["parent_id"].filled.map { Self.span($0, in: trace) } ?? Self.root(trace)
        var body = SpanBody(
            traceID: Self.trace(trace), spanID: Self.span(id, in: trace), parentID: parent,
            name: data["name"].filled ?? type, start: start, end: end == 0 ? 0 : max(end, start))
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.isPiece = true
        span.setService("openai-agents")
        span.set(SpanVocabulary.spanID, id)
        span.describe(openAI: type, data)
        let error = record["error"]
        if error.exists {
            span.fail(error["message"].text ?? error.text ?? "")
            span.set("openai.error", error["data"])
        } else if end > 0 {
            span.body.status = .ok
        }
        span.setRest(
            of: record, prefix: "openai.",
            except: ["object", "id", "trace_id", "parent_id", "started_at", "ended_at", "span_data", "error"])
        output.add(span)
        if type == "agent" { handoffs.take(agent: span.body, at: place) }
        if type == "handoff" {
            handoffs.take(handoff: span.body, from: data["from_agent"].text, to: data["to_agent"].text)
        }
    }

    mutating func join(_ later: OpenAIAgentsTranslator) {
        for id in later.order {
            guard let other = later.traces[id] else { continue }
            note(id, at: other.place)
            traces[id]?.join(other)
        }
        handoffs.join(later.handoffs)
    }

    mutating func finish(into output: inout TranslationOutput) {
        for id in order {
            guard let trace = traces[id], !trace.isTold else { continue }
            traces[id]?.isTold = true
            guard trace.start != .max || !trace.isNamed else { continue }
            let start = trace.start == .max ? trace.end : trace.start
            output.add(
                root(id, named: trace.isNamed ? "" : "workflow", start: start, end: trace.end, at: trace.place))
        }
        handoffs.tell(into: &output)
    }
}

extension Int64 {
    fileprivate mutating func lower(to other: Int64) { self = Swift.min(self, other) }

    fileprivate mutating func raise(to other: Int64) { self = Swift.max(self, other) }
}
