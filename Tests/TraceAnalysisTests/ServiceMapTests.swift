import Testing
import TraceAnalysis
import TraceModel

@Suite struct ServiceMapTests {
    @Test("counts calls between parties, and not what one does within itself")
    func calls() throws {
        var table = SpanTable(trace: TraceID(high: 1, low: 1))
        for (id, parent, name, category, isError) in [
            (1, 0, "invoke_agent planner", SpanCategory.agent, false), (2, 1, "chat gpt-4o", .model, false),
            (3, 1, "chat gpt-4o", .model, true), (4, 1, "think", .other, false), (5, 4, "step", .other, false),
            (6, 5, "execute_tool search", .tool, false),
        ] as [(UInt64, UInt64, String, SpanCategory, Bool)] {
            table.refs.append(SpanRef(unit: 0, row: UInt32(id)))
            table.ids.append(SpanID(id))
            table.parents.append(SpanID(parent))
            table.starts.append(Int64(id))
            table.durations.append(Int64(id) * 1_000_000)
            table.traits.append(SpanTraits(status: isError ? .error : .ok, category: category))
            table.names.append(table.strings.intern(name))
            table.services.append(table.strings.intern("studio"))
        }
        var map = ServiceMap()
        map.add(table)
        let graph = map.graph
        let titles = Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.id, $0.title) })
        let edges = graph.edges.map { "\(titles[$0.from] ?? "") → \(titles[$0.to] ?? ""): \($0.label)" }
        #expect(
            edges == ["planner → gpt-4o: 2 ✗1 3.0ms", "planner → studio: 1 4.0ms", "studio → search: 1 6.0ms"],
            "\(edges)")
        #expect(graph.nodes.first { $0.title == "gpt-4o" }?.state == .failed)
    }

    @Test("tells percentiles to about a twelfth", arguments: [50, 95, 99])
    func percentiles(hundredths: Int) {
        var tally = DurationTally()
        for number in 1...10_000 { tally.add(Int64(number) * 1_000_003) }
        let expected = Double(hundredths) * 100 * 1_000_003
        #expect(abs(Double(tally.percentile(hundredths)) - expected) < expected / 12)
        #expect(DurationTally().percentile(95) == 0)
    }
}
