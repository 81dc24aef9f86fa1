/// A judgement that came with a span of an index. Sorted by row; most spans have none.
struct RewardRow: Sendable {
    var row: UInt32
    var value: Float
    /// The agent that the span names, a string of the index; zero where it names none.
    var agent: UInt32 = 0
}
