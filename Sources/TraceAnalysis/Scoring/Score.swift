package import TraceModel

/// What code makes of a span: named parts, and what they come to.
package struct Score: Sendable, Equatable {
    package var value: Double
    package var dimensions: [RewardRecord.Dimension]
    package var strategy: RewardRecord.Strategy

    package init(_ value: Double, _ dimensions: [RewardRecord.Dimension], _ strategy: RewardRecord.Strategy) {
        self.value = value
        self.dimensions = dimensions
        self.strategy = strategy
    }

    /// The mean of the parts by their weights; nothing where none weighs anything.
    package init?(_ dimensions: [RewardRecord.Dimension], _ strategy: RewardRecord.Strategy) {
        let weight = dimensions.reduce(0) { $0 + $1.weight }
        guard weight > 0 else { return nil }
        self.init(dimensions.reduce(0) { $0 + $1.value * $1.weight } / weight, dimensions, strategy)
    }
}

/// How scores are made. The raw value is the name in `--by`.
package enum ScoringMethod: String, Sendable, CaseIterable {
    /// Of an answer to a person: safety, empathy, length, latency.
    case mhc
    /// Of a step: success, output, validation; a question back and a retry tell something else.
    case asp
}
