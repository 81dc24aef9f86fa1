import Testing
import TraceAnalysis
import TraceModel

struct MissionGraphTests {
    private let trace = TraceID(high: 1, low: 1)

    /// Spans as (id, parent, start, duration, attributes, links to).
    private func graph(_ spans: [(UInt64, UInt64, Int64, Int64, [String: String], [(UInt64, String)])]) -> MissionGraph
    {
        let table = SpanTable(spans.map { Given(id: $0.0, parent: $0.1, start: $0.2, duration: $0.3) })
        let bodies = spans.map { span in
            var body = SpanBody(
                traceID: trace, spanID: SpanID(span.0), parentID: SpanID(span.1), name: "span \(span.0)", start: span.2,
                end: span.2 + span.3)
            body.attributes = span.4.sorted { $0.key < $1.key }.map { Attribute($0.key, .string($0.value)) }
            body.links = span.5.map { target, label in
                SpanLink(
                    traceID: trace, spanID: SpanID(target),
                    attributes: [
                        Attribute(SpanVocabulary.linkKind, .string("data")),
                        Attribute(SpanVocabulary.linkLabel, .string(label)),
                    ])
            }
            return body
        }
        return MissionGraph(table, bodies)
    }

    private let step = [SpanVocabulary.nodeKind: "step"]

    @Test("a plan's nodes are its nodes, and what is below them their work; the same edge stands once")
    func plan() {
        let graph = graph([
            (1, 0, 1, 90, [SpanVocabulary.nodeKind: "mission"], []),
            (2, 1, 2, 10, step.merging([SpanVocabulary.nodeState: "replaced"]) { $1 }, []),
            (3, 2, 3, 5, [:], []), (4, 1, 20, 10, step, [(2, ""), (2, "in0")]),
        ])
        #expect(graph.origin == .plan)
        #expect(graph.nodes.map(\.id.value) == [1, 2, 4])
        #expect(graph.nodes[1].state == .replaced && graph.nodes[1].spans.map(\.value) == [2, 3])
        #expect(graph.nodes[2].parent == SpanID(1))
        #expect(
            graph.edges.map(\.label) == ["in0"] && graph.edges[0].from == SpanID(2) && graph.edges[0].to == SpanID(4))
    }

    @Test("what is spoken of and not there is a node, marked; a span may wait for itself, and in a circle")
    func broken() {
        let graph = graph([
            (1, 0, 1, 9, step, [(9, "x"), (1, "self"), (2, "a")]), (2, 1, 1, 9, step, [(1, "b")]),
        ])
        #expect(graph.nodes.filter(\.isMissing).map(\.id.value) == [9])
        #expect(graph.edges.count == 4)
    }

    @Test("without a plan links tell, and without links nesting and times")
    func others() {
        #expect(graph([(1, 0, 1, 9, [:], []), (2, 1, 1, 9, [:], [(1, "")])]).origin == .links)
        let plain = graph([
            (1, 0, 1, 90, [:], []), (2, 1, 2, 10, [:], []), (3, 1, 4, 10, [:], []), (4, 1, 20, 10, [:], []),
        ])
        #expect(plain.origin == .spans)
        #expect(plain.edges.map { [$0.from.value, $0.to.value] } == [[3, 4]])
    }

    @Test("parents that go in a circle end")
    func circle() {
        let graph = graph([(1, 2, 1, 9, [:], []), (2, 1, 1, 9, [:], []), (3, 1, 1, 9, step, [])])
        #expect(graph.nodes.map(\.id.value) == [3] && graph.nodes[0].parent == nil)
    }

    @Test("what is below a step is its work, however deep; what goes in a circle is nobody's")
    func work() {
        let deep = (2...5000).map {
            (UInt64($0), UInt64($0 - 1), Int64(1), Int64(9), [String: String](), [(UInt64, String)]())
        }
        let circle = (6001...9000).map {
            (
                UInt64($0), UInt64($0 == 9000 ? 6001 : $0 + 1), Int64(1), Int64(9), [String: String](),
                [(UInt64, String)]()
            )
        }
        let graph = graph([(1, 0, 1, 9, step, [])] + deep + circle)
        #expect(graph.nodes.count == 1)
        #expect(graph.nodes.first?.spans.map(\.value) == Array(1...5000))
        #expect(graph.owner(of: SpanID(4999)) == SpanID(1) && graph.owner(of: SpanID(7000)) == nil)
    }
}
