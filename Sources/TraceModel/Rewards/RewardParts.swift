/// A reward that is made of named parts, as it stands.
package struct RewardParts: Sendable, Hashable {
    package var record: RewardID
    package var trace: TraceID
    /// It is of the trace as a whole, though it may stand at the root.
    package var isWhole: Bool
    package var author: String
    package var authorKind: RewardRecord.AuthorKind
    package var dimensions: [RewardRecord.Dimension]

    package init(_ record: RewardRecord) {
        self.record = record.id
        trace = record.target.trace
        isWhole = record.target.span == nil
        author = record.author
        authorKind = record.authorKind
        dimensions = record.dimensions
    }
}

extension [RewardRecord.Dimension] {
    /// The mean of the parts by their weights; nothing where none weighs anything.
    package var combined: Double? {
        let weight = reduce(0) { $0 + $1.weight }
        return weight > 0 ? reduce(0) { $0 + $1.value * $1.weight } / weight : nil
    }
}
