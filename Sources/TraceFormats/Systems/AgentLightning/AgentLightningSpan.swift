import TraceModel

/// A span of version 0.3: OpenTelemetry's, with the rollout and the attempt that it belongs to.
struct AgentLightningSpan {
    var span: TranslatedSpan
    let attributes: JSONView

    /// Nothing where its ids are none.
    init?(_ record: JSONView, at place: RecordPlace) {
        guard let trace = record["trace_id"].hexTraceID, !trace.isZero,
            let id = record["span_id"].hexSpanID, !id.isZero
        else { return nil }
        let start = Timestamp.of(record["start_time"]) ?? Timestamp.of(record["end_time"]) ?? 0
        var body = SpanBody(
            traceID: trace, spanID: id, parentID: record["parent_id"].hexSpanID ?? SpanID(0),
            name: record["name"].text ?? "", start: start, end: Timestamp.of(record["end_time"]) ?? 0)
        body.resource.attributes = Self.attributes(record["resource"]["attributes"])
        body.traceState = record["context"]["trace_state"].string ?? ""
        for event in record["events"].elements where event.kind == .object {
            body.events.append(
                SpanEvent(
                    name: event["name"].text ?? "", time: Timestamp.of(event["timestamp"]) ?? start,
                    attributes: Self.attributes(event["attributes"])))
        }
        for link in record["links"].elements {
            guard let other = link["context"]["span_id"].hexSpanID else { continue }
            let its = link["context"]["trace_id"].hexTraceID ?? trace
            body.links.append(
                SpanLink(traceID: its, spanID: other, attributes: Self.attributes(link["attributes"])))
        }
        attributes = record["attributes"]
        span = TranslatedSpan(body, from: place)
        switch record["status"]["status_code"].text?.uppercased() {
        case "ERROR": span.fail(record["status"]["description"].text ?? "")
        case "OK": span.body.status = .ok
        default: break
        }
        for (key, value) in attributes.fields { span.set(key, value.kind == .array ? value.value : value.attribute) }
        describe()
        span.set("session.id", record["rollout_id"])
        span.setRest(
            of: record, prefix: "agentlightning.",
            except: [
                "trace_id", "span_id", "parent_id", "name", "start_time", "end_time", "status", "attributes", "events",
                "links", "resource", "context", "parent",
            ])
    }

    private static func attributes(_ object: JSONView) -> [Attribute] {
        object.fields.filter { $0.value.exists }.map { Attribute($0.key, $0.value.attribute) }
    }

    var isAnnotation: Bool { span.body.name == "agentlightning.annotation" }

    /// A call of a model, in any of the conventions that its tracers follow.
    var isModelCall: Bool {
        attributes["gen_ai.request.model"].exists || attributes["llm.model_name"].exists
            || attributes["gen_ai.request.type"].exists
            || attributes["gen_ai.operation.name"].string == "chat"
    }

    /// Its own functions and tools are known by names of its own.
    private mutating func describe() {
        if isAnnotation {
            span.set("gen_ai.operation.name", "evaluation")
        } else if let operation = attributes["agentlightning.operation.name"].filled {
            span.set("gen_ai.operation.name", attributes["category"].string == "tool" ? "execute_tool" : "task")
            span.set("gen_ai.tool.name", operation)
            span.set("gen_ai.tool.call.result", attributes["agentlightning.operation.output"])
        } else if span.body.name.hasPrefix("tool_call."), attributes["tool.name"].exists {
            span.set("gen_ai.operation.name", "execute_tool")
            span.set("gen_ai.tool.call.arguments", attributes["tool.parameters"])
        }
        if attributes["agentops.span.kind"].string == "session" {
            span.set("gen_ai.operation.name", "invoke_workflow")
        }
    }
}
