import TraceModel

extension SpanPainter {
    func paintAgent(
        _ span: inout SpanBody, _ outline: TraceOutline, _ position: Int, _ text: Int, _ random: inout RandomSource
    ) {
        let agent = cast.agents[random.below(cast.agents.count)]
        span.name = agent.span
        span.attributes.append(Attribute("gen_ai.operation.name", .string("invoke_agent")))
        span.attributes.append(Attribute("gen_ai.agent.name", .string(agent.name)))
        span.attributes.append(Attribute("gen_ai.agent.id", .string(identifier("agent_", &random))))
        span.attributes.append(Attribute("gen_ai.conversation.id", .string(identifier("conv_", of: outline.key))))
        if position == 0 { span.attributes.append(Attribute("task.goal", .string(prose.text(70, &random)))) }
        if text > 0 { span.attributes.append(Attribute("output.value", .string(prose.text(text, &random)))) }
        if position > 0, random.chance(0.5) {
            // Handed on from the span that was begun just before.
            span.links.append(SpanLink(traceID: outline.id, spanID: outline.spanID(position - 1)))
        }
    }

    func paintChat(_ span: inout SpanBody, _ text: Int, _ random: inout RandomSource) {
        let model = cast.models[random.below(cast.models.count)]
        let tokensIn = 180 + text / 6 + random.below(400)
        let tokensOut = 20 + text / 13 + random.below(120)
        let cost = (Double(tokensIn) * model.inputPrice + Double(tokensOut) * model.outputPrice) / 1_000_000
        span.name = model.part.span
        span.attributes.append(Attribute("gen_ai.operation.name", .string("chat")))
        span.attributes.append(Attribute("gen_ai.provider.name", .string(model.provider)))
        span.attributes.append(Attribute("gen_ai.request.model", .string(model.part.name)))
        span.attributes.append(Attribute("gen_ai.request.temperature", .double(Double(random.below(11)) / 10)))
        span.attributes.append(Attribute("gen_ai.request.max_tokens", .int(4096)))
        span.attributes.append(Attribute("gen_ai.response.id", .string(identifier("resp_", &random))))
        span.attributes.append(Attribute("gen_ai.response.finish_reasons", .array([.string("stop")])))
        span.attributes.append(Attribute("gen_ai.usage.input_tokens", .int(Int64(tokensIn))))
        span.attributes.append(Attribute("gen_ai.usage.output_tokens", .int(Int64(tokensOut))))
        span.attributes.append(Attribute("gen_ai.usage.cost", .double(cost)))
        guard text > 0 else { return }
        let input = prose.json(
            #"[{"role":"user","parts":[{"type":"text","content":""#, text * 2 / 3, #""}]}]"#, &random)
        let output = prose.json(
            #"[{"role":"assistant","parts":[{"type":"text","content":""#, text / 3,
            #""}],"finish_reason":"stop"}]"#, &random)
        span.attributes.append(Attribute("gen_ai.input.messages", .string(input)))
        span.attributes.append(Attribute("gen_ai.output.messages", .string(output)))
        span.events.append(SpanEvent(name: "gen_ai.first_token", time: span.start + (span.end - span.start) / 4))
    }

    func paintTool(
        _ span: inout SpanBody, _ outline: TraceOutline, _ position: Int, _ text: Int, _ random: inout RandomSource
    ) {
        let tool = cast.tools[random.below(cast.tools.count)]
        span.name = tool.span
        span.attributes.append(Attribute("gen_ai.operation.name", .string("execute_tool")))
        span.attributes.append(Attribute("gen_ai.tool.name", .string(tool.name)))
        span.attributes.append(Attribute("gen_ai.tool.type", .string("function")))
        span.attributes.append(Attribute("gen_ai.tool.call.id", .string(identifier("call_", &random))))
        guard text > 0 else { return }
        span.attributes.append(
            Attribute("gen_ai.tool.call.arguments", .string(prose.json(#"{"input":""#, 48, #""}"#, &random))))
        span.attributes.append(
            Attribute("gen_ai.tool.call.result", .string(prose.json(#"{"output":""#, text, #""}"#, &random))))
    }

    func paintRetrieval(_ span: inout SpanBody, _ text: Int, _ random: inout RandomSource) {
        let collection = cast.collections[random.below(cast.collections.count)]
        span.name = collection.span
        span.attributes.append(Attribute("gen_ai.operation.name", .string("retrieval")))
        span.attributes.append(Attribute("gen_ai.data_source.id", .string(collection.name)))
        span.attributes.append(Attribute("gen_ai.request.top_k", .int(Int64(random.within(3...20)))))
        guard text > 0 else { return }
        span.attributes.append(Attribute("gen_ai.retrieval.query.text", .string(prose.text(60, &random))))
        span.attributes.append(
            Attribute("gen_ai.retrieval.documents", .string(prose.json(#"[{"text":""#, text, #""}]"#, &random))))
    }

    func paintRequest(
        _ span: inout SpanBody, _ marks: TraceOutline.Marks, _ text: Int, _ random: inout RandomSource
    ) {
        let route = cast.routes[random.below(cast.routes.count)]
        span.name = route.span
        span.attributes.append(Attribute("http.request.method", .string("POST")))
        span.attributes.append(Attribute("url.full", .string(route.name)))
        span.attributes.append(Attribute("http.response.status_code", .int(marks.contains(.failed) ? 503 : 200)))
        span.attributes.append(Attribute("network.protocol.version", .string("1.1")))
        guard text > 0 else { return }
        span.attributes.append(Attribute("http.response.body", .string(prose.text(text, &random))))
    }

    private func identifier(_ prefix: StaticString, _ random: inout RandomSource) -> String {
        identifier(prefix, of: random.next())
    }

    private func identifier(_ prefix: StaticString, of number: UInt64) -> String {
        String(unsafeUninitializedCapacity: prefix.utf8CodeUnitCount + 16) { out in
            for index in 0..<prefix.utf8CodeUnitCount { out[index] = prefix.utf8Start[index] }
            for digit in 0..<16 {
                let nibble = UInt8(truncatingIfNeeded: number >> UInt64(60 - digit * 4)) & 15
                out[prefix.utf8CodeUnitCount + digit] = nibble < 10 ? 48 + nibble : 87 + nibble
            }
            return prefix.utf8CodeUnitCount + 16
        }
    }
}
