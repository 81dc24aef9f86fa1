import FileStore
import Testing
import TraceModel
import TraceStore

/// A store that has read all it was given.
struct Opened {
    let store: FileStore
    let state: StoreState

    init(_ sources: [String], _ options: FileStoreOptions = .forTests()) async {
        store = FileStore(sources, options: options)
        var last = StoreState()
        for await state in store.read() { last = state }
        state = last
    }

    var problems: [String] { state.problems.first.map(\.what) }

    func summary(of trace: TraceID) -> TraceSummary? {
        state.traces.ids.firstIndex(of: trace).map { state.traces[$0] }
    }

    /// Every span of every trace, by trace and id, each asked for alone.
    func bodies() async throws -> [SpanBody] {
        var bodies: [SpanBody] = []
        for trace in state.traces.ids {
            let refs = try await store.spans(of: trace).refs
            var own: [SpanBody] = []
            for span in refs { own.append(try await store.body(of: span, limit: nil)) }
            // Many that are asked for at once say the same.
            #expect(try await store.bodies(of: refs, limit: nil).map { try $0.get() } == own)
            bodies += own
        }
        return bodies.sortedByID
    }

    /// The names of the spans that a search finds.
    func find(_ text: String, in trace: TraceID? = nil) async throws -> [String] {
        guard let needle = SearchText(text) else { return [] }
        let (stream, matches) = AsyncStream.makeStream(of: [SpanMatch].self)
        try await store.find(needle, in: trace) { matches.yield($0) }
        matches.finish()
        var names: [String] = []
        for await batch in stream {
            for match in batch { names.append(try await store.body(of: match.span, limit: nil).name) }
        }
        return names.sorted()
    }
}

extension [SpanBody] {
    var sortedByID: [SpanBody] { sorted { ($0.traceID, $0.spanID) < ($1.traceID, $1.spanID) } }
}
