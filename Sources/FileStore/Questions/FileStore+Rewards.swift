package import TraceModel

extension FileStore {
    package func rewards() async -> RewardTable { await rewards(over: [:]) }

    /// Every reward that came with a span, but where `judged` has another of the same span. A zero id is the trace as a
    /// whole.
    package func rewards(over judged: [TraceID: [SpanID: Float]]) async -> RewardTable {
        await Background.run { [library] in RewardGathering(library).table(over: judged) }
    }
}
