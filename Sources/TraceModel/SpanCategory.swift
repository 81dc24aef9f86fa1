/// What a span does in an agent's run, whatever the instrumentation calls it.
package enum SpanCategory: UInt8, Sendable, CaseIterable {
    case other, agent, model, tool, retrieval, planning, evaluation, workflow

    /// From the value of an attribute that means `operation`: OTel GenAI's operation names, OpenInference's and
    /// OpenLLMetry's span kinds, in any case.
    package init?(operation: String) {
        switch operation.lowercased() {
        case "invoke_agent", "create_agent", "agent": self = .agent
        case "chat", "text_completion", "generate_content", "completion", "llm", "chat_model", "embeddings",
            "embedding", "rerank":
            self = .model
        case "execute_tool", "tool": self = .tool
        case "retriever", "retrieval", "reranker": self = .retrieval
        case "plan", "planning", "parser": self = .planning
        case "evaluator", "evaluation", "guardrail": self = .evaluation
        case "chain", "workflow", "task", "invoke_workflow": self = .workflow
        default: return nil
        }
    }
}
