import TraceModel

/// Microsoft's Agent Lightning: what its stores answer, saved as it came. Version 0.3 has pages of spans, rollouts and
/// attempts, 1.x lists of events and rollouts.
struct AgentLightningTranslator: TraceTranslator {
    static let format = ForeignFormat(.agentLightning, .document, recognises: recognises) { _ in
        AgentLightningTranslator()
    }
    static let lines = ForeignFormat(.agentLightningLines, .lines, recognises: recognises) { _ in
        AgentLightningTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        let list = list(of: value)
        let first = list.kind == .array ? list[0] : list
        if first["rollout"]["rollout_id"].exists { return true }
        guard first["rollout_id"].kind == .string else { return false }
        return first["span_id"].exists && first["trace_id"].exists || first["event_type"].kind == .string
            || first["status"].exists || first["attempt_id"].exists || first["state"].exists
            || first["input"].kind != .nothing
    }

    private static func list(of value: JSONView) -> JSONView {
        if value["items"].kind == .array { return value["items"] }
        // A span has events of its own.
        return value["events"].kind == .array && !value["span_id"].exists ? value["events"] : value
    }

    private var events = AgentLightningEvents()

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let list = Self.list(of: record)
        var spans: [AgentLightningSpan] = []
        for record in list.kind == .array ? Array(list.elements) : [list] {
            let place = place.place(of: record)
            guard record.kind == .object else {
                output.report("neither a span, a rollout, an attempt nor an event", at: place)
                continue
            }
            if record["span_id"].exists {
                if let span = AgentLightningSpan(record, at: place) {
                    spans.append(span)
                } else {
                    output.report("a span whose ids are not hex", at: place)
                }
            } else if record["event_type"].exists {
                events.take(record, at: place, into: &output)
            } else {
                take(rollout: record["rollout"].kind == .object ? record["rollout"] : record, at: place, &output)
            }
        }
        // Children come before their parents, and numbers in sequence say nothing: times do.
        spans.sort { $0.span.body.start < $1.span.body.start }
        AgentLightningRewards.hand(to: &spans)
        for span in spans { output.add(span.span) }
    }

    private func take(rollout record: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        guard let rollout = record["rollout_id"].filled else {
            return output.report("a rollout without its id", at: place)
        }
        let attempt = record["attempt_id"].filled
        let status = record["status"]
        let state = status.string ?? status["state"].string ?? record["state"].string ?? ""
        let isOver = ["succeeded", "failed", "cancelled", "timeout", "unresponsive", "completed"].contains(state)
        let start = Timestamp.of(record["start_time"]) ?? Timestamp.of(status["created_at"]) ?? 0
        let end =
            Timestamp.of(record["end_time"]) ?? (isOver ? Timestamp.of(status["updated_at"]) ?? start : 0)
        var span = AgentLightningRollout(rollout, attempt).piece(start: start, end: end, at: place)
        let input = record["input"]
        span.set("input.value", input.kind == .object ? input.first(of: "question", "prompt", "task").text : nil)
        if !span.attributes.contains("input.value") { span.set("input.value", input) }
        span.set("agentlightning.state", state)
        switch state {
        case "succeeded", "completed": span.body.status = .ok
        case "failed", "timeout", "unresponsive":
            span.fail(status["error_message"].text ?? record["metadata"]["error"].text ?? state)
        default: break
        }
        span.setRest(of: record, prefix: "agentlightning.", except: ["start_time", "end_time", "attempt"])
        output.add(span)
        if record["attempt"].kind == .object {
            take(rollout: record["attempt"], at: place.place(of: record["attempt"]), &output)
        }
    }
}
