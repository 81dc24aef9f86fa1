import Testing
import TraceAnalysis
import TraceModel

@Suite("Weights of the parts of rewards") struct RewardWeightsTests {
    /// Two rewards of two parts each, and one that is made of none.
    private var table: RewardTable {
        var table = RewardTable()
        for (row, value) in [Float(0.75), 0.5, 0.25].enumerated() {
            table.append(trace: UInt32(row), span: SpanID(1), start: 0, value: value, agent: 0)
        }
        for (row, values) in [(1.0, 0.5), (0.0, 1.0)].enumerated() {
            var record = RewardRecord(
                id: RewardID(high: UInt64(row), low: 0), target: .trace(TraceID(high: 0, low: UInt64(row))),
                author: "ann", createdAt: 1)
            record.dimensions = [
                .init(name: "safety", value: values.0, weight: 0.5),
                .init(name: "warmth", value: values.1, weight: 0.5),
            ]
            table.parts[row] = RewardParts(record)
        }
        return table
    }

    @Test("move what is made of parts, and nothing else")
    func applied() throws {
        let known = RewardWeights(of: table)
        #expect(known.description == "safety=0.5 warmth=0.5")
        #expect(known.changes(of: table).isEmpty)
        let tried = try known.changed(by: "safety=3, warmth=1")
        #expect(tried.applied(to: table).values == [0.875, 0.25, 0.25])
        #expect(tried.changes(of: table).map(\.row) == [0, 1])
        let dimensions = tried.weighed(table.parts[0]?.dimensions ?? [])
        #expect(dimensions.map(\.weight) == [3, 1] && dimensions.combined == 0.875)
    }

    @Test("may leave a part out, and leave alone what then weighs nothing")
    func zero() throws {
        let tried = try RewardWeights(of: table).changed(by: "safety=0")
        #expect(tried.applied(to: table).values == [0.5, 1, 0.25])
        #expect(tried.value(of: [.init(name: "safety", value: 1, weight: 1)]) == nil)
    }

    @Test(
        "that make no sense are refused",
        arguments: ["kindness=1", "safety", "safety=x", "safety=-1", "safety=nan", "safety=0 warmth=0"])
    func mistakes(text: String) {
        #expect(throws: RewardWeights.Mistake.self) { try RewardWeights(of: table).changed(by: text) }
    }
}
