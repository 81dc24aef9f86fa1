import TraceModel

/// mhc-agentic: one JSON file a call of a component, with its prompt, the provider's response and perhaps a reward.
struct MHCTranslator: TraceTranslator {
    static let format = ForeignFormat(.mhc, .document) { value in
        value["trace_id"].exists && value["component"].exists && value["timestamp_start"].exists
    } translator: {
        MHCTranslator($0)
    }

    private let source: TranslationSource

    init(_ source: TranslationSource) {
        self.source = source
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        guard let name = record["trace_id"].filled else {
            output.report("an mhc trace without a trace_id", at: place)
            return
        }
        let trace = DerivedID.trace(name, in: "mhc")
        let start = record["timestamp_start"].string.flatMap { Timestamp.parse($0) } ?? source.modified
        let end = self.end(record, start)
        let component = record["component"].text ?? "mhc"
        var body = SpanBody(traceID: trace, spanID: DerivedID.span(of: name), name: component, start: start, end: end)
        body.kind = .client
        var span = TranslatedSpan(body, from: place)
        span.setService("mhc-agentic")
        span.set(SpanVocabulary.traceID, name)
        span.set("gen_ai.operation.name", "chat")
        span.set("gen_ai.agent.name", component)
        span.set("gen_ai.request.model", record["metadata"]["model"])
        span.set("gen_ai.request.max_tokens", record["metadata"]["max_tokens"])
        span.set("gen_ai.request.temperature", record["metadata"]["temperature"])
        span.set("mhc.latency_ms", record["latency_ms"])
        if let conversation = source.folder.value({ MHCConversations($0) }).name(of: name) {
            span.set("session.id", conversation)
            span.set("session.inferred", .bool(true))
        }
        setMessages(record, &span)
        span.set(SpanVocabulary.reward, record["reward"].double)
        span.setRest(
            of: record, prefix: "mhc.",
            except: [
                "trace_id", "component", "timestamp_start", "timestamp_end", "prompt", "metadata", "response",
                "latency_ms",
                "reward",
            ])
        span.setRest(of: record["metadata"], prefix: "mhc.metadata.", except: ["model", "max_tokens", "temperature"])
        output.add(span)
        addTools(record, of: span.body, at: place, to: &output)
    }

    /// When the call ended, from whichever field says so; a call without any is still running.
    private func end(_ record: JSONView, _ start: Int64) -> Int64 {
        if let end = record["timestamp_end"].string.flatMap({ Timestamp.parse($0) }), end >= start { return end }
        guard let latency = record["latency_ms"].double, latency >= 0, latency < 1e12 else { return 0 }
        return start + Int64(latency * 1e6)
    }

    private func setMessages(_ record: JSONView, _ span: inout TranslatedSpan) {
        let prompt = record["prompt"]
        let input = ProviderMessages.input(prompt)
        if !input.isEmpty { span.set("gen_ai.input.messages", .array(input)) }
        span.set("input.value", prompt["user_message"].text ?? lastText(of: prompt))
        let response = record["response"]
        let error = response["error"]
        if error.exists {
            span.fail(error["message"].string ?? error.text ?? "")
            span.set("error", error)
        } else {
            let output = ProviderMessages.output(response)
            if !output.isEmpty { span.set("gen_ai.output.messages", .array(output)) }
            if response.exists { span.body.status = .ok }
        }
        // A block by the provider has a reason and no candidate.
        if let reason = response["promptFeedback"]["blockReason"].string
            ?? response["prompt_feedback"]["block_reason"].string
        {
            span.fail("blocked by the provider: \(reason)")
        }
        let usage = response.first(of: "usage", "usageMetadata", "usage_metadata")
        span.set(
            "gen_ai.usage.input_tokens",
            usage.first(of: "prompt_tokens", "input_tokens", "promptTokenCount", "prompt_token_count").integer)
        span.set(
            "gen_ai.usage.output_tokens",
            usage.first(of: "completion_tokens", "output_tokens", "candidatesTokenCount", "candidates_token_count")
                .integer)
        span.set("gen_ai.response.model", response["model"])
        span.set("gen_ai.response.id", response["id"])
        span.set("mhc.response", response)
    }

    /// What the person said, where the prompt ends with it, as the component's prompts do.
    private func lastText(of prompt: JSONView) -> String? {
        guard let text = prompt.string else { return nil }
        guard let line = text.split(separator: "\n").last(where: { $0.contains("user_message:") }) else { return text }
        return line.split(separator: ":", maxSplits: 1).last.map { String($0.drop { $0 == " " }) }
    }

    /// The steps that a Controller decided on stand as JSON in its answer; each is a span of its own, inferred.
    private func addTools(
        _ record: JSONView, of parent: SpanBody, at place: RecordPlace, to output: inout TranslationOutput
    ) {
        guard let content = answer(record["response"]), content.contains("tool_sequence") else { return }
        JSONDocument.read(content) { plan, _ in
            for (number, tool) in plan["tool_sequence"].elements.enumerated() {
                // They have no times, and come one after the other all the same.
                let time = max(parent.start, parent.end) + Int64(number)
                var body = SpanBody(
                    traceID: parent.traceID, spanID: DerivedID.span("\(parent.spanID) \(number)"),
                    parentID: parent.spanID,
                    name: tool["name"].text ?? tool.text ?? "tool", start: time, end: time)
                body.kind = .internal
                var span = TranslatedSpan(body, from: place)
                span.markInferred()
                span.setService("mhc-agentic")
                span.set("gen_ai.operation.name", "execute_tool")
                span.set("gen_ai.tool.name", tool["name"])
                span.set("gen_ai.tool.call.arguments", tool["input"])
                span.set("mhc.reason", tool["reason"])
                span.setRest(of: tool, prefix: "mhc.", except: ["name", "input", "reason"])
                output.add(span)
            }
        }
    }

    private func answer(_ response: JSONView) -> String? {
        response.string ?? response["choices"][0]["message"]["content"].string
            ?? response["candidates"][0]["content"]["parts"][0]["text"].string
    }
}
