import Judgements
import TraceModel
import TraceStore

/// Finds what a judgement is of, by the ids that its source gives.
struct TargetFinder {
    let store: JudgedStore
    let table: TraceTable

    init(_ store: JudgedStore, _ state: StoreState) {
        self.store = store
        table = state.traces
    }

    /// A span by its kind and id; a trace by its root.
    func span(_ kind: String, _ id: String) async throws(StoreError) -> (span: SpanRef, isWhole: Bool) {
        switch kind {
        case "trace":
            let trace: TraceID
            do throws(Failure) {
                trace = try TraceSelection.find(id, in: table)
            } catch {
                throw StoreError(error.message)
            }
            let spans = try await store.spans(of: trace)
            let root = spans.parents.firstIndex(where: \.isZero) ?? 0
            guard spans.count > 0 else { throw StoreError("the trace \(id) has no spans") }
            return (spans.refs[root], true)
        case "triplet": return (try await one(with: "rl.triplet_id", id), false)
        case "approval": return (try await one(with: "asp.approval.request_id", id), false)
        default:
            if let span = SpanID(hex: id), id.utf8.count == 16, let found = try await byID(span) {
                return (found, false)
            }
            return (try await one(with: SpanVocabulary.spanID, id), false)
        }
    }

    func byID(_ id: SpanID) async throws(StoreError) -> SpanRef? {
        var found: [SpanRef] = []
        for trace in table.ids {
            let spans = try await store.spans(of: trace)
            for (position, span) in spans.ids.enumerated() where span == id { found.append(spans.refs[position]) }
        }
        guard found.count < 2 else {
            throw StoreError("\(found.count) spans have the id \(id); name the file it is in")
        }
        return found.first
    }

    private func one(with key: String, _ id: String) async throws(StoreError) -> SpanRef {
        let found = try await all(with: key, id)
        guard let first = found.first else { throw StoreError("nothing with the id \(id) is in what was read") }
        guard Set(found.map(\.body.spanID)).count == 1 else {
            throw StoreError("\(found.count) spans have the id \(id); name the file it is in")
        }
        return first.span
    }

    func all(with key: String, _ id: String) async throws(StoreError) -> [(span: SpanRef, body: SpanBody)] {
        guard let needle = SearchText(id) else { return [] }
        let (stream, matches) = AsyncStream.makeStream(of: [SpanMatch].self)
        try await store.find(needle, in: nil) { matches.yield($0) }
        matches.finish()
        var found: [(span: SpanRef, body: SpanBody)] = []
        for await batch in stream {
            for match in batch {
                let body = try await store.body(of: match.span, limit: nil)
                if body.attributes.contains(Attribute(key, .string(id))) { found.append((match.span, body)) }
            }
        }
        return found
    }
}
