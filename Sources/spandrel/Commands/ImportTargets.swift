import Exports
import Judgements
import TraceAnalysis
import TraceModel
import TraceStore

/// Finds what judgements of other systems are of, by the ids that those systems give or by hex ids.
struct ImportTargets {
    /// What a judgement is of, once the span is read.
    typealias Target = (SpanBody) -> RewardTarget

    private let store: JudgedStore
    private let table: TraceTable
    private let finder: TargetFinder
    private let traces: [TraceID: Int]
    private let names: [String: TraceID]
    /// The spans of the trace that was asked for last: judgements come in the order of their traces.
    private var last: SpanTable?
    private var lastNames: [String: SpanRef]?
    /// The traces that a span id occurs in; made when a judgement names no trace.
    private var bySpan: [SpanID: [TraceID]]?

    init(_ store: JudgedStore, _ state: StoreState) {
        self.store = store
        table = state.traces
        finder = TargetFinder(store, state)
        traces = Dictionary(zip(table.ids, 0...), uniquingKeysWith: { first, _ in first })
        var names: [String: TraceID] = [:]
        for (index, name) in table.names.enumerated() where name != 0 { names[table.strings[name]] = table.ids[index] }
        self.names = names
    }

    /// The span to write at, and the target.
    mutating func find(_ judgement: ImportedJudgement) async throws(StoreError) -> (span: SpanRef, target: Target) {
        if let name = judgement.span {
            let found = try await span(name, judgement.trace)
            return (found, { Self.target($0) })
        }
        guard let name = judgement.trace else {
            guard let sequence = judgement.sequence else { throw StoreError("it names no trace and no span") }
            let found = try await finder.sequence(sequence)
            guard let first = found.steps.first else { throw StoreError("the sequence \(sequence) has no steps") }
            return (first.ref, { _ in .sequence(found.id, in: found.trace) })
        }
        let trace = try trace(name)
        let spans = try await self.spans(of: trace)
        guard spans.count > 0 else { throw StoreError("the trace \(name) has no spans") }
        let root = spans.refs[spans.parents.firstIndex(where: \.isZero) ?? 0]
        if let sequence = judgement.sequence { return (root, { _ in .sequence(sequence, in: trace) }) }
        return (root, { _ in .trace(trace) })
    }

    private static func target(_ body: SpanBody) -> RewardTarget {
        if let id = body.attributes.text("rl.triplet_id") { return .triplet(id, span: body.spanID, in: body.traceID) }
        return .span(body.spanID, in: body.traceID)
    }

    private func trace(_ name: String) throws(StoreError) -> TraceID {
        if let id = names[name] { return id }
        // UUIDs have dashes, MLflow and others put a sign in front.
        var digits = name.replacing("-", with: "")
        for sign in ["0x", "tr"] where digits.hasPrefix(sign) { digits.removeFirst(2) }
        if digits.utf8.count <= 32, let id = TraceID(hex: digits), traces[id] != nil { return id }
        throw StoreError("there is no trace \(name) in what was read")
    }

    private mutating func span(_ name: String, _ traceName: String?) async throws(StoreError) -> SpanRef {
        let digits = name.hasPrefix("0x") ? String(name.dropFirst(2)) : name
        let hex = digits.utf8.count <= 16 ? SpanID(hex: digits) : nil
        let ids = [hex, DerivedID.span(of: name)].compactMap { $0 }
        if let traceName {
            let spans = try await spans(of: try trace(traceName))
            if let place = spans.ids.firstIndex(where: { ids.contains($0) }) { return spans.refs[place] }
            if let span = try await names(in: spans)[name] { return span }
            throw StoreError("there is no span \(name) in the trace \(traceName)")
        }
        let index = try await index()
        let found = Set(ids.flatMap { index[$0] ?? [] })
        guard found.count < 2 else {
            throw StoreError("\(found.count) traces have a span \(name), and it names none of them")
        }
        if let trace = found.first {
            let spans = try await spans(of: trace)
            if let place = spans.ids.firstIndex(where: { ids.contains($0) }) { return spans.refs[place] }
        }
        guard hex == nil else { throw StoreError("there is no span \(name) in what was read") }
        return try await finder.span("span", name).span
    }

    private mutating func index() async throws(StoreError) -> [SpanID: [TraceID]] {
        if let bySpan { return bySpan }
        var made: [SpanID: [TraceID]] = [:]
        for trace in table.ids {
            for span in try await store.spans(of: trace).ids { made[span, default: []].append(trace) }
        }
        bySpan = made
        return made
    }

    private mutating func spans(of trace: TraceID) async throws(StoreError) -> SpanTable {
        if let last, last.trace == trace { return last }
        let spans = try await store.spans(of: trace)
        last = spans
        lastNames = nil
        return spans
    }

    /// The spans of the last trace by the ids that their own system gives them.
    private mutating func names(in spans: SpanTable) async throws(StoreError) -> [String: SpanRef] {
        if let lastNames { return lastNames }
        var made: [String: SpanRef] = [:]
        for span in spans.refs {
            let body = try await store.body(of: span, limit: nil)
            if let name = body.attributes.text(SpanVocabulary.spanID) { made[name] = span }
        }
        lastNames = made
        return made
    }
}
