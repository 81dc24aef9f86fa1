import Testing
import TraceAnalysis
import TraceModel

@Suite("What a person has to see of a trace") struct TraceDigestTests {
    private struct Span {
        var name: String
        var category = SpanCategory.other
        var isError = false
        var parent: Int? = 0
        var attributes: [Attribute] = []
        var message = ""
    }

    private func digest(_ spans: [Span]) -> TraceDigest {
        var table = SpanTable(trace: TraceID(high: 0, low: 1))
        var read: [Int: DigestSpan] = [:]
        for (index, span) in spans.enumerated() {
            let parent = index == 0 ? nil : span.parent
            table.refs.append(SpanRef(unit: 0, row: UInt32(index)))
            table.ids.append(SpanID(UInt64(index) + 1))
            table.parents.append(SpanID(parent.map { UInt64($0) + 1 } ?? 0))
            table.starts.append(Int64(index))
            table.durations.append(1)
            table.traits.append(SpanTraits(status: span.isError ? .error : .ok, category: span.category))
            table.names.append(table.strings.intern(span.name))
            table.services.append(0)
            var body = SpanBody(
                traceID: table.trace, spanID: table.ids[index], parentID: table.parents[index], name: span.name,
                start: Int64(index), end: Int64(index) + 1)
            body.status = span.isError ? .error : .ok
            body.statusMessage = span.message
            body.attributes = span.attributes
            read[index] = DigestSpan(body, [:])
        }
        return TraceDigest(table, read)
    }

    private func text(_ key: String, _ value: String) -> Attribute { Attribute(key, .string(value)) }

    @Test("is its goal, what came of it, and its steps with what came out of each")
    func whole() {
        let digest = digest([
            Span(name: "run", attributes: [text("task.goal", "Fix the test")]),
            Span(name: "chat", category: .model, attributes: [text("output.value", "I will\n  read it")]),
            Span(name: "helper"),
            Span(name: "Read", category: .tool, attributes: [text("output.value", "def test()")]),
            Span(name: "chat", category: .model, attributes: [text("output.value", "Fixed.")]),
        ])
        #expect(digest.goal == "Fix the test")
        #expect(digest.outcome == "Fixed.")
        #expect(digest.steps.map(\.label) == ["chat", "Read", "chat"])
        #expect(digest.steps.map(\.line) == ["I will read it", "def test()", "Fixed."])
        #expect(digest.failures.isEmpty)
    }

    @Test("has the root's own answer before any other, and tools' failures first, each told once")
    func failures() {
        let digest = digest([
            Span(name: "run", attributes: [text("output.value", "given up")]),
            Span(name: "agent", category: .agent, isError: true, message: "exit code 1"),
            Span(name: "plan", category: .agent, isError: true, message: "no plan"),
            Span(name: "Bash", category: .tool, isError: true, message: "exit code 1"),
        ])
        #expect(digest.outcome == "given up")
        #expect(digest.failures == ["Bash: exit code 1", "plan: no plan"])
    }

    @Test("has the nodes of a plan for steps where its source tells of one")
    func plan() {
        let node = [text("spandrel.node.kind", "step"), text("spandrel.node.label", "1.2")]
        let digest = digest([
            Span(name: "mission", attributes: [text("spandrel.node.kind", "mission")]),
            Span(name: "SEARCH", attributes: node), Span(name: "chat", category: .model),
        ])
        #expect(digest.steps.map(\.label) == ["1.2 SEARCH"])
    }

    @Test("always has a step, if only the root, and none where nothing is")
    func least() {
        #expect(digest([Span(name: "alone")]).steps.map(\.label) == ["alone"])
        #expect(digest([]).steps.isEmpty)
    }

    @Test("has another hash where it says anything else")
    func hash() {
        let spans = [Span(name: "run", attributes: [text("task.goal", "a")]), Span(name: "b", category: .tool)]
        var other = spans
        other[1].name = "c"
        #expect(digest(spans).contentHash == digest(spans).contentHash)
        #expect(digest(spans).contentHash != digest(other).contentHash)
    }

    @Test("wants no more of a huge trace than tells of it, the root and failures among that")
    func huge() {
        var table = SpanTable(trace: TraceID(high: 0, low: 1))
        for index in 0..<50_000 {
            table.refs.append(SpanRef(unit: 0, row: UInt32(index)))
            table.ids.append(SpanID(UInt64(index) + 1))
            table.parents.append(SpanID(index == 0 ? 0 : 1))
            table.starts.append(Int64(index))
            table.durations.append(1)
            table.traits.append(SpanTraits(status: index == 40_000 ? .error : .ok, category: .tool))
            table.names.append(0)
            table.services.append(0)
        }
        let wanted = TraceDigest.wanted(table)
        #expect(wanted.count < 600 && wanted.contains(0) && wanted.contains(40_000) && wanted.contains(49_999))
    }
}
