/// What judgements say of a trace beyond the values that its spans wear.
package struct SharedRewards: Sendable, Hashable {
    /// What the trace as a whole was given here.
    package var whole: Double?
    /// What its sequences were given, by their ids.
    package var sequences: [String: Double] = [:]
    /// Positions of spans that wear what was handed down to them, and no judgement of their own.
    package var handedDown: Set<Int32> = []

    package init() {}
}
