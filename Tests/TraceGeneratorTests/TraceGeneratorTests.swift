import Testing
import TraceFormats
import TraceGenerator
import TraceModel

/// Shapes at the corners of what can be asked for.
let shapes: [TraceShape] = {
    func shape(_ spans: Int, _ change: (inout TraceShape) -> Void = { _ in }) -> TraceShape {
        var shape = TraceShape(spans: spans)
        change(&shape)
        return shape
    }
    return [
        shape(1), shape(1000), shape(5000) { $0.spansPerTrace = 1 }, shape(3000) { $0.spansPerTrace = 2 },
        shape(4000) { $0.spansPerTrace = 4000 }, shape(2500) { $0.depth = 2 },
        shape(3000) { ($0.width, $0.depth, $0.spansPerTrace) = (1, 500, 3000) },
        shape(2000) { ($0.errorRate, $0.unfinishedRate) = (1, 1) }, shape(2000) { $0.bodyBytes = 0 },
        shape(777) { ($0.batchSpans, $0.seed) = (1, 99) }, shape(3000) { ($0.width, $0.depth) = (50, 3) },
    ]
}()

func spans(_ shape: TraceShape) -> [SpanBody] { TraceGenerator(shape).flatMap { $0.spans() } }

@Suite("Generated traces")
struct TraceGeneratorTests {
    @Test("the same shape gives the same spans, in whatever order their bodies are made", arguments: shapes)
    func determinism(_ shape: TraceShape) {
        let first = spans(shape)
        let backwards = Array(TraceGenerator(shape)).reversed().map { $0.spans() }.reversed().flatMap { $0 }
        #expect(first == backwards)
    }

    @Test("another seed gives other traces")
    func seeds() {
        var shape = TraceShape(spans: 100)
        let first = spans(shape)
        shape.seed = 2
        let second = spans(shape)
        #expect(Set(first.map(\.traceID)).isDisjoint(with: second.map(\.traceID)))
        #expect(first.map(\.name) != second.map(\.name))
    }

    @Test("there are as many spans as were asked for", arguments: shapes)
    func counts(_ shape: TraceShape) {
        #expect(TraceGenerator(shape).reduce(0) { $0 + $1.count } == shape.spans)
        #expect(spans(shape).count == shape.spans)
    }

    @Test("a trace is one tree: ids are its own, parents are there, and one span is the root", arguments: shapes)
    func trees(_ shape: TraceShape) {
        for (_, spans) in Dictionary(grouping: spans(shape), by: \.traceID) {
            let ids = Set(spans.map(\.spanID))
            #expect(ids.count == spans.count)
            #expect(!ids.contains(SpanID(0)))
            #expect(spans.count { $0.parentID.isZero } == 1)
            #expect(spans.allSatisfy { $0.parentID.isZero || ids.contains($0.parentID) })
        }
    }

    @Test("a trace has about as many spans as it should")
    func traceSizes() {
        let traces = Dictionary(grouping: spans(TraceShape(spans: 20_000)), by: \.traceID)
        #expect((400...600).contains(traces.count))
        // The last one has what is left over.
        #expect(traces.values.filter { !(20...60).contains($0.count) }.count <= 1)
    }

    @Test("a trace has no more levels than it may, and a chain has them all", arguments: shapes)
    func levels(_ shape: TraceShape) {
        let all = spans(shape)
        let parents = Dictionary(uniqueKeysWithValues: all.map { (Key($0.traceID, $0.spanID), $0.parentID) })
        var deepest = 0
        for span in all {
            var level = 1
            var parent = span.parentID
            while !parent.isZero, level <= shape.depth {
                level += 1
                parent = parents[Key(span.traceID, parent)] ?? SpanID(0)
            }
            deepest = max(deepest, level)
        }
        #expect(deepest <= shape.depth)
        if shape.width == 1 { #expect(deepest == shape.depth) }
    }

    private struct Key: Hashable {
        var trace: TraceID
        var span: SpanID

        init(_ trace: TraceID, _ span: SpanID) {
            self.trace = trace
            self.span = span
        }
    }

    @Test("a span is within its parent's time, unless its trace was cut off", arguments: shapes)
    func times(_ shape: TraceShape) {
        for (_, spans) in Dictionary(grouping: spans(shape), by: \.traceID) {
            let byID = Dictionary(uniqueKeysWithValues: spans.map { ($0.spanID, $0) })
            for span in spans {
                #expect(span.end == 0 || span.end >= span.start)
                guard let parent = byID[span.parentID] else { continue }
                #expect(parent.start <= span.start)
                #expect(parent.end == 0 || span.end != 0 && span.end <= parent.end)
            }
        }
    }

    @Test("calls fail as often as they should, and what failed is tried again")
    func errors() {
        var shape = TraceShape(spans: 40_000)
        shape.errorRate = 0.1
        let spans = spans(shape)
        let calls = spans.filter { !$0.name.hasPrefix("invoke_agent") && !$0.name.hasPrefix("POST") }
        let failed = calls.filter { $0.status == .error }
        #expect((0.09...0.11).contains(Double(failed.count) / Double(calls.count)))
        #expect(failed.allSatisfy { $0.events.contains { $0.name == "exception" } && !$0.statusMessage.isEmpty })
        let retries = calls.filter { span in span.attributes.contains { $0.key == "retry.attempt" } }
        #expect(retries.count > failed.count / 2)
        shape.errorRate = 0
        #expect(!self.hasErrors(shape))
    }

    private func hasErrors(_ shape: TraceShape) -> Bool { spans(shape).contains { $0.status == .error } }

    @Test("some traces are cut off, if that is asked for")
    func unfinished() {
        var shape = TraceShape(spans: 4000)
        shape.unfinishedRate = 0
        #expect(!spans(shape).contains { $0.end == 0 })
        shape.unfinishedRate = 1
        let roots = spans(shape).filter(\.parentID.isZero)
        #expect(roots.allSatisfy { $0.end == 0 })
    }

    @Test("a span has about as much text as it should", arguments: [100, 600, 5000])
    func texts(_ bytes: Int) {
        var shape = TraceShape(spans: 5000)
        shape.bodyBytes = 0
        let bare = size(shape)
        shape.bodyBytes = bytes
        let mean = Double(size(shape) - bare) / Double(shape.spans)
        // Around the text of some spans there is a little JSON, too.
        #expect((0.9 * Double(bytes)...1.1 * Double(bytes) + 120).contains(mean))
    }

    private func size(_ shape: TraceShape) -> Int {
        spans(shape).reduce(0) { sum, span in
            span.attributes.reduce(sum) { sum, attribute in
                if case .string(let text) = attribute.value { sum + text.utf8.count } else { sum }
            }
        }
    }

    @Test("messages and tools' arguments and results are JSON")
    func messages() {
        let keys: Set<String> = [
            "gen_ai.input.messages", "gen_ai.output.messages", "gen_ai.tool.call.arguments", "gen_ai.tool.call.result",
            "gen_ai.retrieval.documents",
        ]
        var seen: Set<String> = []
        for attribute in spans(TraceShape(spans: 2000)).flatMap(\.attributes) where keys.contains(attribute.key) {
            guard case .string(let text) = attribute.value else { continue }
            seen.insert(attribute.key)
            #expect(JSONText.container(text) != nil, "\(text)")
        }
        #expect(seen == keys)
    }

    @Test("what a service sends in a batch stands together")
    func services() {
        for batch in TraceGenerator(TraceShape(spans: 2000)) {
            let scopes = batch.spans().map(\.scope.name)
            let runs = zip(scopes, scopes.dropFirst()).count { $0 != $1 } + 1
            // Two kinds of spans come from one service, at its beginning and at its end.
            #expect(runs <= Set(scopes).count + 1)
        }
    }
}
