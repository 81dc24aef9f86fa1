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
    private var runs: [WriteHERERun] = []
    private var numbers: [String: Int] = [:]
    /// The run that the present event is of.
    private var at = 0
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

    // MARK: Nodes

    /// Stands in for a node that is spoken of, and whose creation was not told.
    private mutating func expect(
        _ id: String, kind: String? = nil, goal: String? = nil, _ time: Int64, _ place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        guard runs[at].nodes[id] == nil else { return }
        runs[at].nodes[id] = WriteHERERun.Node(isTold: false)
        let outer = runs[at].rootNode.flatMap { $0 == id ? nil : runs[at].node($0) }
        var span = runs[at].piece(
            runs[at].node(id), parent: outer ?? runs[at].root, name: kind?.lowercased() ?? "node", start: time,
            at: place)
        span.markInferred()
        span.set(SpanVocabulary.spanID, id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.plan.rawValue)
        span.set("node.task.goal", goal)
        span.set("node.task.type", kind)
        output.add(span)
        if let root = runs[at].rootNode, root != id { expect(root, time, place, &output) }
    }

    /// The same for the node that an event happened at.
    private mutating func expectNode(
        of payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let id = payload["node_id"].filled, runs[at].nodes[id] == nil else { return }
        expect(
            id, kind: payload["task_type"].filled, goal: payload.first(of: "node_goal", "task_goal").text, time, place,
            &output)
    }

    /// Of the step that an event happened in, which every event repeats.
    private static let context: FieldNames = [
        "step", "action_name", "node_status", "node_next_status", "task_goal", "task_type", "node_id",
    ]

    private mutating func addNode(
        _ type: String, _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        let isAdded = type == "node_added"
        guard let id = payload[isAdded ? "added_node_id" : "node_id"].filled else {
            return output.report("a node without its id", at: place)
        }
        if isAdded { expectNode(of: payload, time, place, &output) }
        let outer = payload[isAdded ? "graph_owner_node_id" : "outer_node_id"].filled
        if let outer, outer != id { expect(outer, time, place, &output) }
        if isAdded, runs[at].nodes[id] == nil { expect(id, time, place, &output) }
        let nid = payload[isAdded ? "added_node_nid" : "node_nid"].text ?? ""
        let kind = payload["task_type"].text?.lowercased() ?? "node"
        let name = isAdded ? "" : nid.isEmpty ? kind : "\(nid) \(kind)"
        let parent = outer.flatMap { $0 == id ? nil : runs[at].node($0) } ?? runs[at].root
        var made = runs[at].piece(runs[at].node(id), parent: parent, name: name, start: time, at: place)
        made.set(SpanVocabulary.nodeLabel, nid)
        if !isAdded {
            if runs[at].nodes[id]?.isTold == false { made.set(SpanVocabulary.inferred, .bool(false)) }
            runs[at].nodes[id] = WriteHERERun.Node(isTold: true)
            made.set(SpanVocabulary.spanID, id)
            made.set(SpanVocabulary.nodeKind, payload["node_type"].text == "EXECUTE_NODE" ? "step" : "plan")
            made.set(SpanVocabulary.nodeState, SpanVocabulary.NodeState.pending.rawValue)
            made.set("node.nid", nid)
            made.set("node.type", payload["node_type"])
            made.set("node.task.goal", payload["task_goal"])
            made.set("node.task.type", payload["task_type"])
            made.set("writehere.created.step", payload["step"])
            var known = Self.context
            known.add("node_nid", "node_type")
            made.setRest(of: payload, prefix: "node.", except: known)
            made.note(.pending, status: "created", at: time)
        }
        output.add(made)
    }

    private mutating func changeState(
        _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let id = payload["node_id"].filled, let status = payload.first(of: "new_status", "status").text else {
            return output.report("a change of status without node or status", at: place)
        }
        // The type that stands beside it is of the node that the engine is at.
        expect(id, goal: payload["node_goal"].text, time, place, &output)
        output.add(runs[at].set(status, of: id, time, place))
    }

    private mutating func addEdge(
        _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let child = payload["child_node_id"].filled, let parent = payload["parent_node_id"].filled,
            child != parent
        else { return output.report("an edge without two nodes", at: place) }
        expect(child, time, place, &output)
        expect(parent, time, place, &output)
        var span = runs[at].piece(runs[at].node(child), at: place)
        span.link(to: runs[at].node(parent), in: runs[at].trace, .data, label: payload["parent_node_nid"].text)
        output.add(span)
    }

    // MARK: Steps

    private static func key(_ payload: JSONView) -> String {
        "\(payload["step"].text ?? "") \(payload["node_id"].text ?? "")"
    }

    private mutating func addStep(
        _ type: String, _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        expectNode(of: payload, time, place, &output)
        let key = Self.key(payload)
        let isStart = type == "step_started"
        let action = payload["action_name"].filled
        let node = payload["node_id"].filled
        var span = runs[at].piece(
            runs[at].step(key), parent: node.map { runs[at].node($0) } ?? runs[at].root, name: action ?? "",
            start: isStart ? time : 0, end: isStart ? 0 : time, at: place)
        span.set("engine.step.number", payload["step"])
        if isStart {
            runs[at].steps[key] = WriteHERERun.Step(
                node: node, number: payload["step"].text, isNamed: action != nil)
        } else {
            let isKnown = runs[at].steps.removeValue(forKey: key) != nil
            if !isKnown { span.body.start = Self.start(payload, before: time) }
            span.body.status = WriteHEREStatus.state(payload["status_after"].text ?? "") == .failed ? .error : .ok
            span.set("writehere.action", action)
            span.set("gen_ai.operation.name", action == "plan" ? "plan" : nil)
            span.setRest(of: payload, prefix: "writehere.", except: ["step", "node_id", "action_name", "task_goal"])
        }
        output.add(span)
        // The last state of a node stands nowhere else.
        if !isStart, let status = payload["status_after"].text, let node {
            output.add(runs[at].set(status, of: node, time, place))
        }
    }

    private static func start(_ payload: JSONView, before end: Int64) -> Int64 {
        guard let seconds = payload["duration_seconds"].double, seconds > 0, seconds < 1e7 else { return end }
        return max(1, end - Int64(seconds * 1e9))
    }

    /// What happens within a step tells which action it is.
    private mutating func name(stepOf payload: JSONView, _ place: RecordPlace, _ output: inout TranslationOutput) {
        let key = Self.key(payload)
        guard runs[at].steps[key]?.isNamed == false, let action = payload["action_name"].filled else { return }
        runs[at].steps[key]?.isNamed = true
        output.add(runs[at].piece(runs[at].step(key), name: action, at: place))
    }

    // MARK: Calls

    private mutating func addCall(
        _ type: String, _ record: JSONView, _ payload: JSONView, _ time: Int64, _ place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        expectNode(of: payload, time, place, &output)
        name(stepOf: payload, place, &output)
        let isTool = type.hasPrefix("tool")
        let isStart = type.hasSuffix("started") || type.hasSuffix("invoked")
        let name = payload.first(of: "agent_class", "tool_name", "tool", "api_name").text ?? (isTool ? "tool" : "llm")
        let step = Self.key(payload)
        let call = self.call(
            "\(step) \(isTool) \(name)", isStart: isStart, record,
            start: isStart ? time : Self.start(payload, before: time), place)
        let parent =
            runs[at].steps[step] != nil
            ? runs[at].step(step) : payload["node_id"].filled.map { runs[at].node($0) } ?? runs[at].root
        var span = runs[at].piece(
            call.span, parent: parent, name: name, start: call.start, end: isStart ? 0 : time, at: place)
        span.set("gen_ai.operation.name", isTool ? "execute_tool" : "chat")
        span.set(isTool ? "gen_ai.tool.name" : "gen_ai.agent.name", name)
        span.set("gen_ai.request.model", payload["model"])
        let prompt = ProviderMessages.input(payload.first(of: "prompt", "messages", "prompt_preview"))
        if !prompt.isEmpty, !isTool { span.set("gen_ai.input.messages", .array(prompt)) }
        let answer = ProviderMessages.output(payload.first(of: "response", "result_summary"))
        if !answer.isEmpty, !isTool { span.set("gen_ai.output.messages", .array(answer)) }
        if isTool {
            span.set("gen_ai.tool.call.arguments", payload.first(of: "args", "arguments", "input", "args_summary"))
            span.set("gen_ai.tool.call.result", payload.first(of: "result", "output", "result_summary"))
        }
        let usage = payload.first(of: "token_usage", "usage")
        span.set("gen_ai.usage.input_tokens", usage.first(of: "prompt_tokens", "input_tokens").integer)
        span.set("gen_ai.usage.output_tokens", usage.first(of: "completion_tokens", "output_tokens").integer)
        span.set("llm.prompt.version.determined", payload["prompt_version"])
        let hasFailed = ["error", "failed", "failure"].contains(payload["state"].string?.lowercased() ?? "")
        if let error = payload.first(of: "error", "error_message").text {
            span.fail(error)
        } else if hasFailed {
            span.fail(payload["result_summary"].text ?? "failed")
        } else if !isStart {
            span.body.status = .ok
        }
        span.setRest(
            of: payload, prefix: "writehere.",
            except: [
                "prompt", "messages", "response", "model", "agent_class", "node_id", "task_goal", "prompt_version",
            ])
        output.add(span)
    }

    /// The call that an event is of: its own, or the one that it ends.
    private mutating func call(
        _ key: String, isStart: Bool, _ record: JSONView, start: Int64, _ place: RecordPlace
    ) -> WriteHERERun.Call {
        let id = record["payload"].first(of: "call_id", "tool_call_id").text
        let event = id ?? record["event_id"].text ?? "\(place.bytes.offset)"
        let call = WriteHERERun.Call(span: DerivedID.span("writehere call \(event)"), start: start, id: id)
        var open = runs[at].calls[key] ?? []
        if isStart {
            if !open.contains(where: { $0.span == call.span }) { open.append(call) }
            runs[at].calls[key] = open
            return call
        }
        let found = id == nil ? (open.isEmpty ? nil : 0) : open.firstIndex { $0.id == id }
        guard let found else { return call }
        let begun = open.remove(at: found)
        runs[at].calls[key] = open.isEmpty ? nil : open
        return begun
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
