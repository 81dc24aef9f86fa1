import TraceModel

extension TranslatedSpan {
    /// Takes what the SDK says of one kind of span.
    mutating func describe(openAI type: String, _ data: JSONView) {
        var known: FieldNames = ["type", "name"]
        switch type {
        case "agent":
            set("gen_ai.operation.name", "invoke_agent")
            set("gen_ai.agent.name", data["name"])
        case "generation", "response":
            // A response has all that was asked and answered, where the exporter was told to send it.
            let response = data["response"].kind == .object ? data["response"] : data
            body.kind = .client
            set("gen_ai.operation.name", "chat")
            set("gen_ai.request.model", data["model"])
            set("gen_ai.response.model", response.range == data.range ? nil : response["model"].text)
            set("gen_ai.response.id", data["response_id"].text ?? response["id"].text)
            let input = data["input"].exists ? data["input"] : response["input"]
            setMessages(input: input, output: response["output"])
            if let instructions = response["instructions"].filled {
                set("gen_ai.system_instructions", .array([MessageParts.text(instructions)]))
            }
            setUsage(data["usage"].exists ? data["usage"] : response["usage"])
            set("gen_ai.request.temperature", data["model_config"]["temperature"])
            set("gen_ai.request.max_tokens", data["model_config"]["max_tokens"])
            known.add("model", "input", "response_id")
            if data["output"].kind == .array { known.add("output") }
        case "function":
            set("gen_ai.operation.name", "execute_tool")
            set("gen_ai.tool.name", data["name"])
            set("gen_ai.tool.call.arguments", data["input"])
            set("gen_ai.tool.call.result", data["output"])
            known.add("input", "output")
        case "mcp_tools":
            set("gen_ai.operation.name", "list_tools")
            set("output.value", data["result"])
            body.name = "list tools" + (data["server"].filled.map { " of \($0)" } ?? "")
            known.add("result")
        case "handoff":
            set("gen_ai.operation.name", "handoff")
            body.name = "handoff \(data["from_agent"].text ?? "?") → \(data["to_agent"].text ?? "?")"
        case "guardrail":
            set("gen_ai.operation.name", "guardrail")
            if data["triggered"].bool == true { body.statusMessage = "the guardrail was triggered" }
        case "transcription", "speech":
            set("gen_ai.operation.name", type)
            set("gen_ai.request.model", data["model"])
            // Sounds are bytes in text; what was said or heard is worth showing.
            set("input.value", data["input"].string)
            set("output.value", data["output"].string)
            known.add("model", "input", "output")
        case "speech_group":
            set("input.value", data["input"])
            known.add("input")
        default: describe(custom: data["data"])
        }
        setRest(of: data, prefix: "openai.", except: known)
    }

    /// The SDK's own runs and turns come as custom spans.
    private mutating func describe(custom data: JSONView) {
        switch data["sdk_span_type"].string {
        case "task":
            body.name = data["name"].filled ?? body.name
            set("gen_ai.operation.name", "invoke_workflow")
        case "turn":
            body.name = "turn" + (data["turn"].text.map { " \($0)" } ?? "")
            set("gen_ai.operation.name", "task")
            set("gen_ai.agent.name", data["agent_name"])
        default: break
        }
    }
}
