import TraceModel

/// The usage of one span of an index. Sorted by row; most spans have none.
struct UsageRow: Sendable {
    var row: UInt32
    var tokensIn: UInt32
    var tokensOut: UInt32
    /// Not a number where the source does not say.
    var cost: Float

    init(row: UInt32, usage: Usage) {
        self.row = row
        tokensIn = usage.tokensIn
        tokensOut = usage.tokensOut
        cost = usage.cost ?? .nan
    }

    var usage: Usage {
        Usage(tokensIn: tokensIn, tokensOut: tokensOut, cost: cost.isNaN ? nil : cost)
    }
}
