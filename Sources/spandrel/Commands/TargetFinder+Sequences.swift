import Judgements
import Session
import TraceAnalysis
import TraceModel
import TraceStore

extension TargetFinder {
    /// A sequence by its id: as its source names it, `{task}:{agent}`, a task, a session, `attribute=value`, or
    /// `first..last` for the steps from one span to another.
    func sequence(_ id: String) async throws(StoreError) -> RewardSequence {
        if let found = try await picked(id) { return found }
        if let equals = id.firstIndex(of: "=") {
            let key = String(id[..<equals])
            let value = String(id[id.index(after: equals)...])
            if let found = try await named(value, scopes: [.attribute(key)]) { return found }
        }
        if let found = try await named(id, scopes: [.agent, .pipeline, .session]) { return found }
        if let found = try await session(id) { return found }
        throw StoreError("there is no sequence \(id) in what was read")
    }

    /// All spans of a session that has no calls of models and tools.
    private func session(_ id: String) async throws(StoreError) -> RewardSequence? {
        let found = try await all(with: "session.id", id).sorted { $0.body.start < $1.body.start }
        guard let first = found.first else { return nil }
        let steps = found.map { span, body in
            RewardSequence.Step(
                span: body.spanID, ref: span, label: body.name,
                weight: Propagation.Step(
                    hasFailed: body.status == .error, duration: max(0, body.end - body.start)))
        }
        return RewardSequence(trace: first.body.traceID, id: id, steps: steps)
    }

    /// The sequence with an id, in whichever traces that speak of it; of several traces, one after the other.
    private func named(_ id: String, scopes: [RewardSequence.Scope]) async throws(StoreError) -> RewardSequence? {
        let traces = try await traces(of: id)
        for scope in scopes {
            var found: RewardSequence?
            for place in traces {
                let trace = table[place]
                let sequences = try await SequenceReader.sequences(
                    of: trace.id, named: trace.givenID, scope: scope, from: store)
                guard let part = sequences.first(where: { $0.id == id }) else { continue }
                if found == nil { found = part } else { found?.steps += part.steps }
            }
            if let found { return found }
        }
        return nil
    }

    /// Traces that may have a sequence, the earliest first: those that say its id or its task somewhere, and that which is
    /// its task.
    private func traces(of id: String) async throws(StoreError) -> [Int] {
        var found: Set<TraceID> = []
        let task = id.lastIndex(of: ":").map { String(id[..<$0]) }
        for name in [id, task].compactMap({ $0 }) where !name.isEmpty {
            if let trace = try? TraceSelection.find(name, in: table) { found.insert(trace) }
            found.formUnion(try await traces(saying: name))
        }
        return table.ids.indices.filter { found.contains(table.ids[$0]) }.sorted { table.starts[$0] < table.starts[$1] }
    }

    private func traces(saying text: String) async throws(StoreError) -> Set<TraceID> {
        guard let needle = SearchText(text) else { return [] }
        let (stream, matches) = AsyncStream.makeStream(of: [SpanMatch].self)
        try await store.find(needle, in: nil) { matches.yield($0) }
        matches.finish()
        var found: Set<TraceID> = []
        for await batch in stream { found.formUnion(batch.map(\.trace)) }
        return found
    }

    private func picked(_ id: String) async throws(StoreError) -> RewardSequence? {
        guard let dots = id.firstRange(of: ".."), let first = SpanID(hex: String(id[..<dots.lowerBound])),
            let last = SpanID(hex: String(id[dots.upperBound...]))
        else { return nil }
        for place in table.ids.indices {
            let trace = table[place]
            guard try await store.spans(of: trace.id).ids.contains(first) else { continue }
            let sequences = try await SequenceReader.sequences(
                of: trace.id, named: trace.givenID, scope: .pipeline, from: store)
            for sequence in sequences {
                guard let start = sequence.steps.firstIndex(where: { $0.span == first }),
                    let end = sequence.steps.firstIndex(where: { $0.span == last }), start <= end
                else { continue }
                return sequence.picked(start...end)
            }
        }
        throw StoreError("no sequence has steps from \(first) to \(last)")
    }
}
