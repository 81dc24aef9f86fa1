/// What a model call took, as the span itself says.
package struct Usage: Hashable, Sendable {
    package var tokensIn: UInt32
    package var tokensOut: UInt32
    /// In US dollars; nothing where the source does not say.
    package var cost: Float?

    package init(tokensIn: UInt32 = 0, tokensOut: UInt32 = 0, cost: Float? = nil) {
        self.tokensIn = tokensIn
        self.tokensOut = tokensOut
        self.cost = cost
    }
}
