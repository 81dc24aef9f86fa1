/// What a well-known attribute key tells about its span, whichever convention it comes from.
package enum AttributeMeaning: UInt8, Sendable {
    case agent, model, tool, tokensIn, tokensOut, cost
    /// Those of `tokensIn` that came from the provider's cache.
    case tokensCached
    /// What several traces or spans belong to.
    case session, task, sequence
    /// What the span is about: a goal, a task, an input.
    case title
    /// The kind of work, as a word that `SpanCategory(operation:)` knows.
    case operation
    /// A judgement that the source brought along, from 0 to 1.
    case reward
    /// The trace's id as its own system writes it.
    case traceName
    /// True where the span was derived rather than read.
    case inferred

    /// A meaning and how much it counts where several keys of one span have it: the highest rank wins.
    package struct Ranked: Sendable, Equatable {
        package var meaning: AttributeMeaning
        package var rank: UInt8

        package init(meaning: AttributeMeaning, rank: UInt8) {
            self.meaning = meaning
            self.rank = rank
        }
    }

    /// Every key that an index takes notice of. The earlier of two keys with one meaning outranks the later.
    package static let keys: [(key: String, meaning: AttributeMeaning)] = [
        ("gen_ai.agent.name", .agent),
        ("agent.name", .agent),
        ("agent.class", .agent),
        ("agent.role", .agent),
        ("agent_role", .agent),
        ("rl.agent_role", .agent),
        ("agent_name", .agent),
        ("graph.node.id", .agent),
        ("gen_ai.agent.id", .agent),
        ("agent.id", .agent),

        ("gen_ai.response.model", .model),
        ("gen_ai.request.model", .model),
        ("llm.model_name", .model),
        ("llm.model", .model),
        ("llm.request.model", .model),
        ("embedding.model_name", .model),
        ("agent.config.llm", .model),
        ("engine.llm.model", .model),
        ("ai.model.id", .model),

        ("gen_ai.tool.name", .tool),
        ("tool.name", .tool),
        ("tool_name", .tool),
        ("traceloop.entity.name", .tool),
        ("action.name", .tool),

        ("gen_ai.usage.input_tokens", .tokensIn),
        ("llm.token_count.prompt", .tokensIn),
        ("gen_ai.usage.prompt_tokens", .tokensIn),
        ("llm.usage.prompt_tokens", .tokensIn),
        ("ai.usage.promptTokens", .tokensIn),
        ("tokens_in", .tokensIn),

        ("gen_ai.usage.output_tokens", .tokensOut),
        ("llm.token_count.completion", .tokensOut),
        ("gen_ai.usage.completion_tokens", .tokensOut),
        ("llm.usage.completion_tokens", .tokensOut),
        ("ai.usage.completionTokens", .tokensOut),
        ("tokens_out", .tokensOut),

        ("gen_ai.usage.cache_read.input_tokens", .tokensCached),
        ("gen_ai.usage.cache_read_input_tokens", .tokensCached),
        ("llm.token_count.prompt_details.cache_read", .tokensCached),
        ("gen_ai.usage.cached_input_tokens", .tokensCached),
        ("llm.usage.cache_read_input_tokens", .tokensCached),
        ("ai.usage.cachedInputTokens", .tokensCached),

        ("session.id", .session),
        ("gen_ai.conversation.id", .session),
        ("langfuse.session.id", .session),
        ("rl.session_id", .session),
        ("session_id", .session),
        ("thread.id", .session),
        ("thread_id", .session),
        ("traceloop.association.properties.session_id", .session),

        ("gen_ai.usage.cost", .cost),
        ("llm.cost.total", .cost),
        ("gen_ai.usage.total_cost", .cost),
        ("gen_ai.cost.total", .cost),
        ("llm.usage.cost", .cost),
        ("cost_usd", .cost),

        ("task.root.goal", .title),
        ("node.task.goal", .title),
        ("task.goal", .title),
        ("task.description", .title),
        ("gen_ai.task.description", .title),
        ("gen_ai.agent.description", .title),
        ("task", .title),
        ("goal", .title),
        ("input.value", .title),
        ("traceloop.entity.input", .title),
        ("gen_ai.tool.call.arguments", .title),
        ("gen_ai.prompt.0.content", .title),
        ("llm.input_messages.0.message.content", .title),
        ("input", .title),
        ("prompt", .title),
        ("query", .title),
        ("rl.sequence_id", .title),
        ("url.full", .title),
        ("http.url", .title),
        ("http.route", .title),
        ("http.target", .title),
        ("url.path", .title),
        ("db.query.text", .title),
        ("db.statement", .title),
        ("rpc.method", .title),

        ("gen_ai.operation.name", .operation),
        ("openinference.span.kind", .operation),
        ("traceloop.span.kind", .operation),
        ("llm.request.type", .operation),
        ("mlflow.spanType", .operation),

        (SpanVocabulary.reward, .reward),
        ("rl.reward", .reward),
        ("agentlightning.reward.0.value", .reward),
        (SpanVocabulary.traceID, .traceName),
        (SpanVocabulary.inferred, .inferred),
    ]

    /// Keys that matter once a span is read; no index takes notice of them. One may be among `keys` as well.
    private static let bodyKeys: [(key: String, meaning: AttributeMeaning)] = [
        ("task.id", .task),
        ("rl.task_id", .task),
        ("task_id", .task),
        ("gen_ai.task.id", .task),

        ("rl.sequence_id", .sequence),
        ("sequence.id", .sequence),
        ("sequence_id", .sequence),
    ]

    /// All that a key may mean, by the key: `keys` and `bodyKeys`.
    package static let ranked: [String: [Ranked]] = {
        var ranked: [String: [Ranked]] = [:]
        for list in [keys, bodyKeys] {
            for (index, entry) in list.enumerated() {
                ranked[entry.key, default: []]
                    .append(Ranked(meaning: entry.meaning, rank: UInt8(clamping: list.count - index)))
            }
        }
        return ranked
    }()
}
