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
        let name: String
        let id: TraceID
        let root: SpanID
        let spans: DerivedID.Words
        let place: RecordPlace
        var start: Int64 = .max
        var end: Int64 = 0
        var isNamed = false
        var isTold = false

        init(_ name: String, at place: RecordPlace) {
            self.name = name
            id = DerivedID.trace(name.hasPrefix("trace_") ? String(name.dropFirst(6)) : name, in: "openai")
            root = DerivedID.span("openai trace \(name)")
            spans = "openai \(name) "
            self.place = place.remembered
        }

        mutating func join(_ later: Trace) {
            start = min(start, later.start)
            end = max(end, later.end)
            isNamed = isNamed || later.isNamed
            isTold = isTold && later.isTold
        }
    }

    private var names = NumberedNames()
    private var traces: [Trace] = []
    private var spanNames = RepeatedNames()
    private var handoffs = OpenAIAgentsHandoffs()

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let fields = Field.table.pick(from: record)
        guard fields[.data].kind == .array || record.kind == .array else {
            return take(one: record, fields, at: place, &output)
        }
        let list = record.kind == .array ? record : fields[.data]
        for element in list.elements {
            take(one: element, Field.table.pick(from: element), at: place.place(of: element), &output)
        }
    }

    private enum Field: Int, RecordField {
        case data, object, id, trace, parent, start, end, details, error, workflow, group, metadata

        static let table = FieldTable<Field>()

        var names: [StaticString] {
            switch self {
            case .data: ["data"]
            case .object: ["object"]
            case .id: ["id"]
            case .trace: ["trace_id"]
            case .parent: ["parent_id"]
            case .start: ["started_at"]
            case .end: ["ended_at"]
            case .details: ["span_data"]
            case .error: ["error"]
            case .workflow: ["workflow_name"]
            case .group: ["group_id"]
            case .metadata: ["metadata"]
            }
        }
    }

    private typealias Fields = FieldTable<Field>.Picked

    private mutating func take(
        one record: JSONView, _ fields: Fields, at place: RecordPlace, _ output: inout TranslationOutput
    ) {
        let object = fields[.object].filledText
        if let object, object == "trace.span" {
            takeSpan(record, fields, at: place, &output)
        } else if let object, object == "trace" {
            takeTrace(record, fields, at: place, &output)
        } else {
            output.report("neither a trace nor a span", at: place)
        }
    }

    private func root(
        _ trace: Trace, named name: String, start: Int64 = 0, end: Int64 = 0, at place: RecordPlace
    ) -> TranslatedSpan {
        var span = TranslatedSpan(
            pieceOf: trace.root, in: trace.id, name: name, start: start, end: end, service: "openai-agents", at: place)
        span.set(SpanVocabulary.traceID, trace.name)
        span.set("gen_ai.operation.name", "invoke_workflow")
        return span
    }

    private mutating func takeTrace(
        _ record: JSONView, _ fields: Fields, at place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let id = fields[.id].filledText else { return output.report("a trace without its id", at: place) }
        let number = number(of: id, at: place)
        traces[number].isNamed = true
        var span = root(traces[number], named: fields[.workflow].filled ?? "workflow", at: place)
        span.set("session.id", fields[.group])
        span.set("input.value", fields[.metadata].first(of: "input", "task", "goal", "query").fieldText)
        span.setRest(of: record, prefix: "openai.", except: Self.ofTraces)
        output.add(consume span)
    }

    private static let ofTraces: FieldNames = ["object", "id", "workflow_name", "group_id"]

    private mutating func number(of id: FieldText, at place: RecordPlace) -> Int {
        let number = names.number(of: id)
        if number == traces.count { traces.append(Trace(id.string, at: place)) }
        return number
    }

    private mutating func takeSpan(
        _ record: JSONView, _ fields: Fields, at place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let id = fields[.id].filledText, let trace = fields[.trace].filledText else {
            return output.report("a span without its id or its trace's", at: place)
        }
        let details = OpenAIAgentsSpanData(fields[.details])
        let given = Timestamp.of(fields[.start], isUTC: true)
        let end = Timestamp.of(fields[.end], isUTC: true) ?? 0
        let number = number(of: trace, at: place)
        let start = given ?? end
        if let given { traces[number].start.lower(to: given) }
        traces[number].end.raise(to: end)
        traces[number].isTold = false
        var span = TranslatedSpan(
            pieceOf: traces[number].spans.span(with: id), in: traces[number].id,
            parent: fields[.parent].filledText.map { traces[number].spans.span(with: $0) } ?? traces[number].root,
            name: spanNames.name(details.name) ?? "", start: start, end: end == 0 ? 0 : max(end, start),
            service: "openai-agents", at: place)
        span.set(SpanVocabulary.spanID, id)
        details.describe(&span)
        let error = fields[.error]
        if error.exists {
            span.fail(error["message"].text ?? error.text ?? "")
            span.set("openai.error", error["data"])
        } else if end > 0 {
            span.body.status = .ok
        }
        span.setRest(of: record, prefix: "openai.", except: Self.ofSpans)
        let agent = details.isAgent ? span.body : nil
        let handoff = details.isHandoff ? span.body : nil
        output.add(consume span)
        if let agent { handoffs.take(agent: agent, at: place) }
        if let handoff {
            handoffs.take(handoff: handoff, from: details.fields[.from].text, to: details.fields[.to].text)
        }
    }

    private static let ofSpans: FieldNames = [
        "object", "id", "trace_id", "parent_id", "started_at", "ended_at", "span_data", "error",
    ]

    mutating func join(_ later: OpenAIAgentsTranslator) {
        for other in later.traces { traces[number(of: .made(other.name), at: other.place)].join(other) }
        handoffs.join(later.handoffs)
    }

    mutating func finish(into output: inout TranslationOutput) {
        for (number, trace) in traces.enumerated() where !trace.isTold {
            traces[number].isTold = true
            guard trace.start != .max || !trace.isNamed else { continue }
            let start = trace.start == .max ? trace.end : trace.start
            output.add(
                root(trace, named: trace.isNamed ? "" : "workflow", start: start, end: trace.end, at: trace.place))
        }
        handoffs.tell(into: &output)
    }
}

extension Int64 {
    fileprivate mutating func lower(to other: Int64) { self = Swift.min(self, other) }

    fileprivate mutating func raise(to other: Int64) { self = Swift.max(self, other) }
}
