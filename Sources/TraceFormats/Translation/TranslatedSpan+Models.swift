import TraceModel

extension TranslatedSpan {
    private enum UsageField: Int, RecordField {
        case sent, answered, details, cached, kept

        static let table = FieldTable<UsageField>()

        var names: [StaticString] {
            switch self {
            case .sent:
                [
                    "input_tokens", "prompt_tokens", "inputTokens", "promptTokens", "input", "prompt",
                    "promptTokenCount", "prompt_token_count",
                ]
            case .answered:
                [
                    "output_tokens", "completion_tokens", "outputTokens", "completionTokens", "output", "completion",
                    "candidatesTokenCount", "candidates_token_count",
                ]
            case .details: ["prompt_tokens_details", "input_tokens_details", "input_token_details"]
            case .cached:
                [
                    "cache_read_input_tokens", "input_tokens_cache_read", "cachedInputTokens",
                    "cachedContentTokenCount", "input_cached_tokens",
                ]
            case .kept: ["cache_creation_input_tokens", "input_tokens_cache_write"]
            }
        }
    }

    /// Takes the tokens of a call, whichever provider or framework counted them.
    mutating func setUsage(_ usage: JSONView) {
        guard usage.kind == .object else { return }
        let fields = UsageField.table.pick(from: usage)
        set("gen_ai.usage.input_tokens", fields[.sent].integer)
        set("gen_ai.usage.output_tokens", fields[.answered].integer)
        set(
            "gen_ai.usage.cache_read.input_tokens",
            fields[.cached].integer ?? fields[.details].first(of: "cached_tokens", "cache_read").integer)
        set("gen_ai.usage.cache_creation.input_tokens", fields[.kept].integer)
    }

    /// Takes what was sent to a model and what came back, as a conversation.
    mutating func setMessages(input: JSONView, output: JSONView) {
        guard !isBrief else { return }
        let sent = ProviderMessages.input(input)
        if !sent.isEmpty { set("gen_ai.input.messages", .array(sent)) }
        let answered = ProviderMessages.output(output)
        if !answered.isEmpty { set("gen_ai.output.messages", .array(answered)) }
    }

    /// Takes a judgement from 0 to 1 as the span's reward; any other number stays what it is called.
    mutating func setReward(_ value: Double?) {
        if let value, (0...1).contains(value) { set(SpanVocabulary.reward, value) }
    }

    /// The operation that a framework's word for a span's kind means.
    mutating func setOperation(_ kind: String?) {
        guard let kind, !kind.isEmpty else { return }
        switch kind.lowercased() {
        case "llm", "generation", "chat_model", "model", "chat", "completion", "response":
            set("gen_ai.operation.name", "chat")
        case "tool", "function", "mcp_tools", "execute_tool": set("gen_ai.operation.name", "execute_tool")
        case "agent", "invoke_agent": set("gen_ai.operation.name", "invoke_agent")
        case "embedding", "embeddings": set("gen_ai.operation.name", "embeddings")
        case "retriever", "retrieval": set("gen_ai.operation.name", "retrieval")
        case "chain", "workflow", "task": set("gen_ai.operation.name", "chain")
        case "evaluator", "evaluation", "guardrail": set("gen_ai.operation.name", "evaluation")
        default: set("gen_ai.operation.name", kind)
        }
    }
}

extension String {
    /// The fields of an object that is JSON within a string, as metadata often is.
    func withJSON<Result>(_ body: (JSONView) -> Result) -> Result {
        JSONDocument.read(self) { value, _ in body(value) }
    }
}
