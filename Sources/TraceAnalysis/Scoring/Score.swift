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
        guard let value = dimensions.combined else { return nil }
        self.init(value, dimensions, strategy)
    }
}

/// How scores are made. The raw value is the name in `--by`.
package enum ScoringMethod: String, Sendable, CaseIterable {
    /// Of an answer to a person: safety, empathy, length, latency.
    case mhc
    /// Of a step: success, output, validation; a question back and a retry tell something else.
    case asp
}
