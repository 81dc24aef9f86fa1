import TraceModel

extension ClaudeCodeSession {
    // MARK: What the model says

    mutating func takeAssistant(
        _ record: JSONView, _ before: Int?, _ lane: Int, at place: RecordPlace, _ output: inout TranslationOutput
    ) {
        if lane == 0, let before, strands[before].lane == 0 { lanes[0].strand = before }
        let message = record["message"]
        let strand = lanes[lane].strand
        let id = message["id"].filled ?? record["uuid"].text ?? "\(place.bytes.offset)"
        if lanes[lane].message?.id != id {
            tellMessage(of: lane, &output)
            lanes[lane].answer(begin(id, record, lane, at: place))
        } else {
            lanes[lane].goOn(at: place)
        }
        strands[strand].touch(time)
        if var open = lanes[lane].message {
            lanes[lane].message = nil
            open.isTold = false
            open.span.body.end = max(time, open.span.body.start)
            if !place.isBrief { open.parts += Self.parts(of: message) }
            note(record, on: &open.span)
            lanes[lane].message = open
        }
        let isUsing = takeUses(in: message["content"], record, strand, at: place, &output)
        strands[strand].isSettled = !isUsing && message["stop_reason"].string != "tool_use"
    }

    private func begin(_ id: String, _ record: JSONView, _ lane: Int, at place: RecordPlace) -> ClaudeCodeMessage {
        let model = record["message"]["model"].filled
        // When it was asked nobody writes down: at once, after the last that was said to it.
        let start = lanes[lane].inputTime
        var span = piece(
            DerivedID.span("claude message \(name) \(id)"), named: model.map { "chat \($0)" } ?? "chat",
            parent: strands[lanes[lane].strand].span, start: start == 0 ? time : min(start, time), end: time, at: place)
        span.body.kind = .client
        span.reach = lanes[lane].inputPlace ?? place.bytes
        span.reach?.extend(to: place.bytes)
        span.set(SpanVocabulary.spanID, id)
        span.set("gen_ai.operation.name", "chat")
        span.set("gen_ai.provider.name", "anthropic")
        span.set("gen_ai.response.model", model)
        span.set("gen_ai.response.id", record["message"]["id"])
        setSurroundings(record, on: &span)
        span.setRest(
            of: record["message"], prefix: "claude.message.",
            except: ["id", "type", "role", "content", "model", "usage", "stop_reason"])
        return ClaudeCodeMessage(id: id, place: place.bytes, span: span, inputs: lanes[lane].inputs)
    }

    /// What each line says anew of the whole message; the last says it right.
    private func note(_ record: JSONView, on span: inout TranslatedSpan) {
        let message = record["message"]
        let usage = message["usage"]
        if usage.kind == .object {
            span.attributes.remove(
                "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens",
                "gen_ai.usage.cache_creation.input_tokens", "claude.usage")
            let read = max(0, usage["cache_read_input_tokens"].integer ?? 0)
            let made = max(0, usage["cache_creation_input_tokens"].integer ?? 0)
            // OpenTelemetry counts all that was sent; Anthropic counts what was cached apart.
            if let fresh = usage["input_tokens"].integer {
                span.set("gen_ai.usage.input_tokens", max(0, fresh) &+ read &+ made)
            }
            span.set("gen_ai.usage.output_tokens", usage["output_tokens"].integer)
            if read > 0 { span.set("gen_ai.usage.cache_read.input_tokens", read) }
            if made > 0 { span.set("gen_ai.usage.cache_creation.input_tokens", made) }
            span.set("claude.usage", usage)
        }
        if !span.isBrief, let reason = message["stop_reason"].filled {
            span.attributes.remove("gen_ai.response.finish_reasons")
            span.set("gen_ai.response.finish_reasons", .array([.string(reason)]))
        }
        if let cost = record["costUSD"].double, !span.attributes.contains("gen_ai.usage.cost") {
            span.set("gen_ai.usage.cost", cost)
        }
        if record["isApiErrorMessage"].bool == true {
            span.fail(Self.text(message["content"]))
        }
    }

    private static func parts(of message: JSONView) -> [AttributeValue] {
        ProviderMessages.output(message).flatMap { said -> [AttributeValue] in
            guard case .map(let fields) = said,
                case .array(let parts)? = fields.first(where: { $0.key == "parts" })?.value
            else { return [] }
            return parts
        }
    }

    /// Hands over what there is of the message that a lane is at; more of it may come.
    mutating func tellMessage(of lane: Int, _ output: inout TranslationOutput) {
        guard let message = lanes[lane].message, !message.isTold else { return }
        lanes[lane].message?.isTold = true
        var span = message.span
        if !message.inputs.isEmpty { span.set("gen_ai.input.messages", .array(message.inputs)) }
        if !message.parts.isEmpty {
            span.set("gen_ai.output.messages", .array([MessageParts.message("assistant", message.parts)]))
        }
        output.add(span)
    }

    // MARK: Tools

    func toolSpan(_ id: String) -> SpanID { DerivedID.span("claude tool \(name) \(id)") }

    /// Whether there were any.
    private mutating func takeUses(
        in content: JSONView, _ record: JSONView, _ strand: Int, at place: RecordPlace,
        _ output: inout TranslationOutput
    ) -> Bool {
        var isUsing = false
        for block in content.elements where block["type"].string == "tool_use" {
            guard let id = block["id"].filled else {
                output.report("a use of a tool without an id, so its result cannot be found", at: place)
                continue
            }
            isUsing = true
            let input = block["input"]
            let tool = block["name"].filled ?? "tool"
            tools[id] = ClaudeCodeToolUse(
                span: toolSpan(id), strand: strand, prompt: input["prompt"].string,
                agent: input["subagent_type"].filled)
            var span = piece(
                toolSpan(id), named: tool, parent: strands[strand].span, start: time, at: place.place(of: block))
            span.set(SpanVocabulary.spanID, id)
            span.set("gen_ai.operation.name", "execute_tool")
            span.set("gen_ai.tool.name", tool)
            span.set("gen_ai.tool.call.id", id)
            span.set("task.description", input["description"])
            span.set("gen_ai.tool.call.arguments", input)
            output.add(span)
        }
        return isUsing
    }

    /// Whether there were any.
    mutating func takeResults(
        of record: JSONView, in strand: Int, at place: RecordPlace, _ output: inout TranslationOutput
    ) -> Bool {
        var isFirst = true
        for block in record["message"]["content"].elements where block["type"].string == "tool_result" {
            guard let id = block["tool_use_id"].filled else {
                output.report("a result that does not say of which use of a tool", at: place)
                continue
            }
            let use = tools.removeValue(forKey: id)
            // What a line says beside its blocks, it says of its only result.
            let outcome = record["toolUseResult"]
            var span = piece(
                toolSpan(id), named: use == nil ? "tool" : "", parent: use == nil ? strands[strand].span : SpanID(0),
                start: use == nil ? time : 0, end: time, at: place)
            if use == nil { span.set("gen_ai.operation.name", "execute_tool") }
            span.set("gen_ai.tool.call.result", block["content"])
            if isFirst {
                span.set("claude.tool_use_result", outcome)
                span.set("claude.duration_ms", outcome.first(of: "totalDurationMs", "durationMs"))
            }
            if block["is_error"].bool == true {
                span.fail(Self.oneOf(block["content"]) ?? "the tool failed")
            } else {
                span.body.status = .ok
            }
            output.add(span)
            if isFirst, let agent = outcome["agentId"].filled {
                tellAgent(agent, outcome, use, under: toolSpan(id), at: place, &output)
            }
            isFirst = false
        }
        return !isFirst
    }

    private static func oneOf(_ content: JSONView) -> String? {
        let text = text(content)
        return text.isEmpty ? nil : text
    }

    /// The agent says nothing of the tool that started it; the tool's result names the agent.
    private func tellAgent(
        _ agent: String, _ outcome: JSONView, _ use: ClaudeCodeToolUse?, under tool: SpanID, at place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        let isLaunched = outcome["isAsync"].bool == true || outcome["status"].string == "async_launched"
        var span = piece(
            Self.agent(agent, name), named: "agent \(agent)", parent: tool, end: isLaunched ? 0 : time,
            at: place.remembered)
        span.set("gen_ai.agent.name", use?.agent ?? outcome["agentType"].filled)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("task.description", outcome["description"])
        span.set("input.value", outcome["prompt"].filled ?? use?.prompt)
        span.set("claude.tokens", outcome["totalTokens"])
        output.add(span)
    }
}
