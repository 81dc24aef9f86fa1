package import TraceAnalysis
package import TraceModel
package import TraceStore

/// Reads what rewards are about and no list has: the sequences of a trace, and attributes of roots.
package enum SequenceReader {
    /// Larger bodies are not read only to know of which sequence they are.
    private static let limit = 1 << 20

    /// The sequences of a trace.
    package static func sequences(
        of trace: TraceID, named name: String, scope: RewardSequence.Scope = .agent, from store: any TraceStore
    ) async throws(StoreError) -> [RewardSequence] {
        let table = try await store.spans(of: trace)
        var key: String?
        if case .attribute(let custom) = scope { key = custom }
        var facts: [StepFacts] = []
        facts.reserveCapacity(table.count)
        try await store.forEachBody(of: table.refs, limit: limit) { [key] _, body in
            facts.append((try? body.get()).map { StepFacts($0, custom: key) } ?? StepFacts())
        }
        return RewardSequence.all(in: table, named: name, facts, scope: scope)
    }

    /// What the roots of traces have as an attribute, by the numbers given; those without it are left out.
    package static func attributes<Number: Hashable & Sendable>(
        _ key: String, of traces: [TraceID: Number], from store: any TraceStore
    ) async -> [Number: String] {
        var words: [Number: String] = [:]
        for (trace, number) in traces {
            if Task.isCancelled { return words }
            guard let table = try? await store.spans(of: trace), table.count > 0 else { continue }
            let root = table.parents.firstIndex(where: \.isZero) ?? 0
            guard let body = try? await store.body(of: table.refs[root], limit: limit) else { continue }
            words[number] = (body.attributes + body.resource.attributes).first { $0.key == key }?.value.words
        }
        return words
    }
}
