import TraceModel

/// Steps of nodes, and the calls of models and tools within them.
extension WriteHEREEventsTranslator {
    private static func key(_ payload: JSONView) -> String {
        "\(payload["step"].text ?? "") \(payload["node_id"].text ?? "")"
    }

    mutating func addStep(
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
    mutating func name(stepOf payload: JSONView, _ place: RecordPlace, _ output: inout TranslationOutput) {
        let key = Self.key(payload)
        guard runs[at].steps[key]?.isNamed == false, let action = payload["action_name"].filled else { return }
        runs[at].steps[key]?.isNamed = true
        output.add(runs[at].piece(runs[at].step(key), name: action, at: place))
    }

    // MARK: Calls

    mutating func addCall(
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
}
