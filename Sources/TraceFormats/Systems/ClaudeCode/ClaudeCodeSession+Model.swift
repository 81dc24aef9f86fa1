import TraceModel

extension ClaudeCodeSession {
    // MARK: What the model says

    mutating func takeAssistant(
        _ line: ClaudeCodeLine, _ before: Int?, _ lane: Int, _ output: inout TranslationOutput
    ) {
        if lane == 0, let before, strands[before].lane == 0 { lanes[0].strand = before }
        let strand = lanes[lane].strand
        let id = line.said[.id].filledText ?? line.fields[.id].fieldText ?? .made("\(line.place.bytes.offset)")
        if lanes[lane].isAt(id) {
            lanes[lane].goOn(at: line.place)
        } else {
            tellMessage(of: lane, &output)
            lanes[lane].answer(id, begin(id, line, lane))
        }
        strands[strand].touch(time)
        lanes[lane].message?.take(line, at: time)
        let isUsing = takeUses(line, strand, &output)
        strands[strand].isSettled = !isUsing && line.said[.stop].filledText.map { $0 == "tool_use" } != true
    }

    private mutating func begin(_ id: FieldText, _ line: ClaudeCodeLine, _ lane: Int) -> ClaudeCodeMessage {
        let model = line.said[.model].filledText
        // When it was asked nobody writes down: at once, after the last that was said to it.
        let start = lanes[lane].inputTime
        let called = callNames.name(.made("chat"), model) ?? ""
        var span = spans.piece(
            spans.message(id), named: called,
            parent: strands[lanes[lane].strand].span, start: start == 0 ? time : min(start, time), end: time,
            at: line.place)
        span.body.kind = .client
        span.reach = lanes[lane].inputPlace ?? line.place.bytes
        span.reach?.extend(to: line.place.bytes)
        span.set(SpanVocabulary.spanID, id)
        span.set("gen_ai.operation.name", "chat")
        span.set("gen_ai.provider.name", "anthropic")
        span.set("gen_ai.response.model", model)
        span.set("gen_ai.response.id", line.said[.id])
        setSurroundings(line, on: &span)
        span.setRest(of: line.message, prefix: "claude.message.", except: Self.ofMessages)
        return ClaudeCodeMessage(span, at: line.place.bytes, inputs: lanes[lane].inputs)
    }

    private static let ofMessages: FieldNames = [
        "id", "type", "role", "content", "model", "usage", "stop_reason",
    ]

    /// Hands over what there is of the message that a lane is at; more of it may come.
    mutating func tellMessage(of lane: Int, _ output: inout TranslationOutput) {
        if let span = lanes[lane].message?.tell() { output.add(span) }
    }

    // MARK: Tools

    /// Whether there were any.
    private mutating func takeUses(
        _ line: ClaudeCodeLine, _ strand: Int, _ output: inout TranslationOutput
    ) -> Bool {
        var isUsing = false
        for block in line.content.elements where block.isType("tool_use") {
            guard let id = block["id"].filledText else {
                output.report("a use of a tool without an id, so its result cannot be found", at: line.place)
                continue
            }
            isUsing = true
            let (input, span) = (block["input"], spans.use(id))
            tools[span] = ClaudeCodeToolUse(prompt: input["prompt"].string, agent: input["subagent_type"].filled)
            let tool = toolNames.name(block["name"].filledText) ?? "tool"
            var use = spans.piece(
                span, named: tool, parent: strands[strand].span, start: time, at: line.place.place(of: block))
            use.set(SpanVocabulary.spanID, id)
            use.set("gen_ai.operation.name", "execute_tool")
            use.set("gen_ai.tool.name", tool)
            use.set("gen_ai.tool.call.id", id)
            use.set("task.description", input["description"])
            use.set("gen_ai.tool.call.arguments", input)
            output.add(consume use)
        }
        return isUsing
    }

    /// Whether there were any.
    mutating func takeResults(
        of line: ClaudeCodeLine, in strand: Int, _ output: inout TranslationOutput
    ) -> Bool {
        var isFirst = true
        for block in line.content.elements where block.isType("tool_result") {
            guard let id = block["tool_use_id"].filledText else {
                output.report("a result that does not say of which use of a tool", at: line.place)
                continue
            }
            let tool = spans.use(id)
            let use = tools.removeValue(forKey: tool)
            // What a line says beside its blocks, it says of its only result.
            let outcome = line.fields[.result]
            var span = spans.piece(
                tool, named: use == nil ? "tool" : "", parent: use == nil ? strands[strand].span : SpanID(0),
                start: use == nil ? time : 0, end: time, at: line.place)
            if use == nil { span.set("gen_ai.operation.name", "execute_tool") }
            span.set("gen_ai.tool.call.result", block["content"])
            if isFirst, !span.isBrief {
                span.set("claude.tool_use_result", outcome)
                span.set("claude.duration_ms", outcome.first(of: "totalDurationMs", "durationMs"))
            }
            if block["is_error"].bool == true {
                let said = block["content"].spoken
                span.fail(said.isEmpty ? "the tool failed" : said)
            } else {
                span.body.status = .ok
            }
            output.add(consume span)
            if isFirst, let agent = outcome["agentId"].filled {
                tellAgent(agent, outcome, use, under: tool, at: line.place, &output)
            }
            isFirst = false
        }
        return !isFirst
    }

    /// The agent says nothing of the tool that started it; the tool's result names the agent.
    private func tellAgent(
        _ agent: String, _ outcome: JSONView, _ use: ClaudeCodeToolUse?, under tool: SpanID, at place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        let isLaunched = outcome["isAsync"].bool == true || outcome["status"].string == "async_launched"
        var span = spans.piece(
            spans.agent(agent), named: "agent \(agent)", parent: tool, end: isLaunched ? 0 : time,
            at: place.remembered)
        span.set("gen_ai.agent.name", use?.agent ?? outcome["agentType"].filled)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("task.description", outcome["description"])
        span.set("input.value", outcome["prompt"].filled ?? use?.prompt)
        span.set("claude.tokens", outcome["totalTokens"])
        output.add(span)
    }
}
