import TraceModel

/// WriteHERE's stream of events, as JSON lines, or within the lines of a log of messages.
///
/// A run has its nodes as they nest, a node its steps, a step its calls of models and tools. Each event tells a piece.
struct WriteHEREEventsTranslator: TraceTranslator {
    static let format = ForeignFormat(.writehereEvents, .lines) { value in
        value["event_type"].exists && value["payload"].kind == .object && value["event_id"].exists
            || value["json_payload"].string?.contains("\"event_type\"") == true
    } recognisesText: {
        $0.contains("json_payload") && $0.contains("event_type")
    } translator: {
        WriteHEREEventsTranslator($0)
    }

    private let source: TranslationSource
    var runs: [WriteHERERun] = []
    private var numbers: [String: Int] = [:]
    /// The run that the present event is of.
    var at = 0
    /// The runs of nodes, where events name no run.
    private var homes: [String: Int] = [:]

    init(_ source: TranslationSource) {
        self.source = source
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        if let inner = record["json_payload"].string, !record["event_type"].exists {
            return take(payload: inner, at: place, into: &output)
        }
        guard let type = record["event_type"].string else {
            return output.report("an event without event_type", at: place)
        }
        let payload = record["payload"]
        let given = Timestamp.of(record["timestamp"], isUTC: true)
        enter(record, type, given ?? runs.last?.last ?? 0, place, &output)
        let time = given ?? runs[at].last
        runs[at].last = max(runs[at].last, time)
        switch type {
        case "run_started": startRun(payload, time, place, &output)
        case "run_finished", "run_error", "run_failed": endRun(type, payload, time, place, &output)
        case "node_created", "node_added": addNode(type, payload, time, place, &output)
        case "node_status_changed": changeState(payload, time, place, &output)
        case "edge_added": addEdge(payload, time, place, &output)
        case "step_started", "step_finished": addStep(type, payload, time, place, &output)
        case "llm_call_started", "llm_call_completed", "tool_invoked", "tool_returned":
            addCall(type, record, payload, time, place, &output)
        default: addEvent(type, payload, time, place, &output)
        }
    }

    mutating func take(text: UnsafeRawBufferPointer, at place: RecordPlace, into output: inout TranslationOutput) {
        // A redis client's repr of what it received.
        let payloads = PythonLiteral.strings(under: "json_payload", in: text)
        for payload in payloads { take(payload: payload, at: place, into: &output) }
        guard payloads.isEmpty else { return }
        let isRecord = text.first { $0 > 0x20 } == UInt8(ascii: "{")
        if isRecord || String(decoding: text, as: UTF8.self).contains("event_type") {
            output.report("a line with no event that can be read", at: place)
        }
    }

    private mutating func take(payload: String, at place: RecordPlace, into output: inout TranslationOutput) {
        JSONDocument.read(payload) { value, outcome in
            guard outcome == .whole, value["json_payload"].kind == .nothing else {
                return output.report("an event that is cut off", at: place)
            }
            take(value, at: place, into: &output)
        }
    }

    // MARK: Runs

    /// Finds the run that an event is of. Many events may name none: then the nodes that they speak of tell.
    private mutating func enter(
        _ record: JSONView, _ type: String, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        let payload = record["payload"]
        if let name = record["run_id"].filled ?? payload["run_id"].filled {
            at = number(of: name, time)
        } else {
            at = home(of: payload, isStart: type == "run_started", time)
            let ids = [
                payload["root_node_id"], payload["root_id"], payload["node_id"], payload["outer_node_id"],
                payload["added_node_id"],
            ]
            for id in ids.compactMap(\.filled) where homes[id] == nil { homes[id] = at }
        }
        if runs[at].rootNode == nil { runs[at].rootNode = payload.first(of: "root_node_id", "root_id").filled }
        guard !runs[at].isTold else { return }
        runs[at].isTold = true
        guard type != "run_started" else { return }
        // The beginning of the stream is not here.
        var span = root(start: time, place)
        span.markInferred()
        output.add(span)
    }

    private mutating func home(of payload: JSONView, isStart: Bool, _ time: Int64) -> Int {
        let root = payload.first(of: "root_node_id", "root_id").filled
        if isStart {
            let name = payload["input_data"]["id"].filled ?? root ?? "\(fileName) \(runs.count + 1)"
            return number(of: name, time)
        }
        for id in [
            root, payload["graph_owner_node_id"].filled, payload["outer_node_id"].filled, payload["node_id"].filled,
        ] {
            if let id, let home = homes[id] { return home }
        }
        if let last = runs.indices.last, root == nil || runs[last].rootNode == nil || runs[last].rootNode == root {
            return last
        }
        return number(of: root ?? fileName, time)
    }

    private var fileName: String { source.names.last.map { String($0) } ?? "run" }

    private mutating func number(of name: String, _ time: Int64) -> Int {
        if let number = numbers[name] { return number }
        runs.append(WriteHERERun(name, start: time))
        numbers[name] = runs.count - 1
        return runs.count - 1
    }

    private func root(start: Int64 = 0, end: Int64 = 0, _ place: RecordPlace) -> TranslatedSpan {
        let run = runs[at]
        var span = run.piece(run.root, name: "Engine.Run", start: start, end: end, at: place)
        span.set(SpanVocabulary.traceID, run.name)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.mission.rawValue)
        return span
    }

    private func startRun(
        _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        var span = root(start: time, place)
        let input = payload["input_data"]
        span.set(
            "input.value",
            input.first(of: "value", "inputs", "prompt", "goal", "question").text
                ?? payload.first(of: "goal", "task", "prompt").text)
        // The folder of the run's files has this name.
        span.set("session.id", input["id"].text)
        span.set("gen_ai.request.model", payload["config"]["model"])
        span.set("engine.mode", payload["run_mode"])
        span.setRest(of: payload, prefix: "writehere.", except: ["run_mode"])
        output.add(span)
    }

    private mutating func endRun(
        _ type: String, _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        var span = root(end: time, place)
        span.setRest(of: payload, prefix: "writehere.", except: ["stack_trace"])
        var failure: String?
        if type == "run_finished" {
            span.body.status = .ok
        } else {
            let message = payload.first(of: "error_message", "error", "message").text ?? "the run failed"
            span.fail(message)
            failure = message
            span.body.events.append(
                SpanEvent(
                    name: "exception", time: time,
                    attributes: [
                        ("exception.type", "error_type"), ("exception.message", "error_message"),
                        ("exception.stacktrace", "stack_trace"),
                    ]
                    .compactMap { key, field in
                        payload.fields.first { $0.key == field && $0.value.exists }.map {
                            Attribute(key, $0.value.attribute)
                        }
                    }))
        }
        output.add(span)
        for span in runs[at].close(at: time, failure: failure, place) { output.add(span) }
    }

    // MARK: The rest

    /// Whatever else is told of a node, or of the run.
    private mutating func addEvent(
        _ type: String, _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        expectNode(of: payload, time, place, &output)
        name(stepOf: payload, place, &output)
        let target = payload["node_id"].filled.map { runs[at].node($0) } ?? runs[at].root
        var span = runs[at].piece(target, at: place)
        let isPlan = type == "plan_received"
        var attributes: [Attribute] = []
        for (key, value) in payload.fields where value.exists {
            let isKnown = Self.context.contains(key) && key != "step" && key != "action_name"
            if !isKnown, !(isPlan && key == "raw_plan") { attributes.append(Attribute(key, value.attribute)) }
        }
        span.body.events.append(SpanEvent(name: type, time: time, attributes: attributes))
        if isPlan {
            span.set("node.raw_plan", payload["raw_plan"])
            if let decision = WriteHEREStatus.decision(payload["raw_plan"], atom: nil) {
                span.body.events.append(
                    SpanEvent(
                        name: "Planning decision", time: time,
                        attributes: [Attribute("decision", .string(decision))]))
            }
        }
        if type == "node_result_available" { span.set("output.value", payload.first(of: "result", "result_summary")) }
        output.add(span)
    }
}
