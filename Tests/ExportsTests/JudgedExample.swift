import Exports
import TraceFormats
import TraceModel

/// A trace as a store would hand it over, with judgements, made span by span.
struct JudgedExample {
    var summary: TraceSummary
    var spans: SpanTable
    var bodies: [SpanBody] = []
    var records: [RewardRecord] = []

    init(_ number: UInt64, format: String = "otlp-jsonl", name: String = "") {
        let id = TraceID(high: 7, low: number)
        summary = TraceSummary(id: id)
        summary.format = format
        summary.name = name
        summary.service = "shop"
        summary.title = "Sell a lamp"
        spans = SpanTable(trace: id)
    }

    /// Adds a span, the first one as the root.
    @discardableResult
    mutating func add(
        _ category: SpanCategory, _ name: String = "span", under parent: Int? = nil,
        _ attributes: [(String, AttributeValue)] = []
    ) -> Int {
        let place = bodies.count
        let start = 1_700_000_000_000_000_000 + Int64(place) * 1_000_000_000
        var body = SpanBody(
            traceID: summary.id, spanID: SpanID(summary.id.low << 8 | UInt64(place + 1)), name: name, start: start,
            end: start + 500_000_000)
        if let parent { body.parentID = bodies[parent].spanID }
        body.attributes = attributes.map { Attribute($0.0, $0.1) }
        spans.refs.append(SpanRef(unit: 0, row: UInt32(place)))
        spans.ids.append(body.spanID)
        spans.parents.append(body.parentID)
        spans.starts.append(body.start)
        spans.durations.append(500_000_000)
        spans.traits.append(SpanTraits(category: category))
        spans.names.append(spans.strings.intern(name))
        spans.services.append(0)
        bodies.append(body)
        return place
    }

    /// A model's call: what it was asked and what it said.
    @discardableResult
    mutating func addCall(
        _ question: String, _ answer: String, under parent: Int? = nil, _ more: [(String, AttributeValue)] = []
    ) -> Int {
        add(
            .model, "chat", under: parent,
            [
                ("gen_ai.system_instructions", .string("Be brief")),
                ("gen_ai.input.messages", .array([MessageParts.message("user", text: question)])),
                ("gen_ai.output.messages", .array([MessageParts.message("assistant", text: answer)])),
                ("gen_ai.request.model", .string("lamp-1")), ("gen_ai.agent.name", .string("seller")),
            ] + more)
    }

    /// Says that a span's reward came with it.
    mutating func setReward(_ value: Double, of place: Int) {
        bodies[place].attributes.append(Attribute(SpanVocabulary.reward, .double(value)))
        spans.rewards[Int32(place)] = Float(value)
    }

    /// Judges a span, or without one the trace. A judgement is as old as the ones before it are young.
    @discardableResult
    mutating func judge(
        _ place: Int?, _ value: Double?, _ verdict: RewardRecord.Verdict? = nil, by author: String = "ann",
        kind: RewardRecord.AuthorKind = .human, _ change: (inout RewardRecord) -> Void = { _ in }
    ) -> RewardRecord {
        let time = 1_800_000_000_000_000_000 + Int64(records.count) * 1_000_000_000
        let target: RewardTarget = place.map { .span(bodies[$0].spanID, in: summary.id) } ?? .trace(summary.id)
        var record = RewardRecord(
            id: RewardID(high: UInt64(time / 1_000_000) << 16, low: summary.id.low), target: target, value: value,
            verdict: verdict, author: author, authorKind: kind, createdAt: time)
        change(&record)
        records.append(record)
        return record
    }
}
