import TraceModel

/// What the SDK says of one kind of span.
struct OpenAIAgentsSpanData {
    enum Field: Int, RecordField {
        case type, name, model, input, output, response, responseID, id, instructions, usage, configuration, result,
            server, from, to, triggered, custom

        static let table = FieldTable<Field>()

        var names: [StaticString] {
            switch self {
            case .type: ["type"]
            case .name: ["name"]
            case .model: ["model"]
            case .input: ["input"]
            case .output: ["output"]
            case .response: ["response"]
            case .responseID: ["response_id"]
            case .id: ["id"]
            case .instructions: ["instructions"]
            case .usage: ["usage"]
            case .configuration: ["model_config"]
            case .result: ["result"]
            case .server: ["server"]
            case .from: ["from_agent"]
            case .to: ["to_agent"]
            case .triggered: ["triggered"]
            case .custom: ["data"]
            }
        }
    }

    private let data: JSONView
    let fields: FieldTable<Field>.Picked
    private let type: FieldText

    init(_ data: JSONView) {
        self.data = data
        fields = Field.table.pick(from: data)
        type = fields[.type].filledText ?? .made("custom")
    }

    var name: FieldText { fields[.name].filledText ?? type }

    var isAgent: Bool { type == "agent" }

    var isHandoff: Bool { type == "handoff" }

    func describe(_ span: inout TranslatedSpan) {
        span.setRest(of: data, prefix: "openai.", except: describeKind(&span))
    }

    /// The names of the fields that were taken.
    private func describeKind(_ span: inout TranslatedSpan) -> FieldNames {
        switch type.string {
        case "agent":
            span.set("gen_ai.operation.name", "invoke_agent")
            span.set("gen_ai.agent.name", fields[.name])
        case "generation", "response":
            describeCall(&span)
            return fields[.output].kind == .array ? Self.ofCalls : Self.ofCallsWithout
        case "function":
            span.set("gen_ai.operation.name", "execute_tool")
            span.set("gen_ai.tool.name", fields[.name])
            span.set("gen_ai.tool.call.arguments", fields[.input])
            span.set("gen_ai.tool.call.result", fields[.output])
            return Self.ofFunctions
        case "mcp_tools":
            span.set("gen_ai.operation.name", "list_tools")
            span.set("output.value", fields[.result])
            span.body.name = "list tools" + (fields[.server].filled.map { " of \($0)" } ?? "")
            return Self.ofLists
        case "handoff":
            span.set("gen_ai.operation.name", "handoff")
            span.body.name = "handoff \(fields[.from].text ?? "?") → \(fields[.to].text ?? "?")"
        case "guardrail":
            span.set("gen_ai.operation.name", "guardrail")
            if fields[.triggered].bool == true { span.body.statusMessage = "the guardrail was triggered" }
        case "transcription", "speech":
            span.set("gen_ai.operation.name", type)
            span.set("gen_ai.request.model", fields[.model])
            // Sounds are bytes in text; what was said or heard is worth showing.
            span.set("input.value", fields[.input].filledText)
            span.set("output.value", fields[.output].filledText)
            return Self.ofSounds
        case "speech_group":
            span.set("input.value", fields[.input])
            return Self.ofSpeeches
        default: describeCustom(&span)
        }
        return Self.ofAll
    }

    private static let ofAll: FieldNames = ["type", "name"]
    private static let ofCalls: FieldNames = ["type", "name", "model", "input", "response_id", "output"]
    private static let ofCallsWithout: FieldNames = ["type", "name", "model", "input", "response_id"]
    private static let ofFunctions: FieldNames = ["type", "name", "input", "output"]
    private static let ofLists: FieldNames = ["type", "name", "result"]
    private static let ofSounds: FieldNames = ["type", "name", "model", "input", "output"]
    private static let ofSpeeches: FieldNames = ["type", "name", "input"]

    /// A call of a model. Its response has all that was asked and answered, where the exporter was told to send it.
    private func describeCall(_ span: inout TranslatedSpan) {
        let hasResponse = fields[.response].kind == .object
        let response = hasResponse ? Field.table.pick(from: fields[.response]) : fields
        span.body.kind = .client
        span.set("gen_ai.operation.name", "chat")
        span.set("gen_ai.request.model", fields[.model])
        if hasResponse { span.set("gen_ai.response.model", response[.model].fieldText) }
        span.set("gen_ai.response.id", fields[.responseID].fieldText ?? response[.id].fieldText)
        let input = fields[.input].exists ? fields[.input] : response[.input]
        span.setMessages(input: input, output: response[.output])
        if !span.isBrief, let instructions = response[.instructions].filled {
            span.set("gen_ai.system_instructions", .array([MessageParts.text(instructions)]))
        }
        span.setUsage(fields[.usage].exists ? fields[.usage] : response[.usage])
        if span.isBrief { return }
        span.set("gen_ai.request.temperature", fields[.configuration]["temperature"])
        span.set("gen_ai.request.max_tokens", fields[.configuration]["max_tokens"])
    }

    /// The SDK's own runs and turns come as custom spans.
    private func describeCustom(_ span: inout TranslatedSpan) {
        let custom = fields[.custom]
        switch custom["sdk_span_type"].string {
        case "task":
            span.body.name = custom["name"].filled ?? span.body.name
            span.set("gen_ai.operation.name", "invoke_workflow")
        case "turn":
            span.body.name = "turn" + (custom["turn"].text.map { " \($0)" } ?? "")
            span.set("gen_ai.operation.name", "task")
            span.set("gen_ai.agent.name", custom["agent_name"])
        default: break
        }
    }
}
