/// What models cost, for spans whose source tells tokens and no cost.
package struct ModelPrices: Sendable, Hashable {
    /// US dollars for a million tokens.
    package struct Price: Sendable, Hashable {
        package var input: Double
        package var output: Double
        /// Of tokens that came from the provider's cache; where nothing is said they cost what others do.
        package var cached: Double?

        package init(input: Double = 0, output: Double = 0, cached: Double? = nil) {
            self.input = input
            self.output = output
            self.cached = cached
        }

        /// In US dollars. Cached tokens are counted among those that went in, unless there are more of them than that: some
        /// providers report them apart.
        package func cost(tokensIn: Int, tokensOut: Int, cached: Int = 0) -> Double {
            let fresh = cached <= tokensIn ? tokensIn - cached : tokensIn
            return
                (Double(fresh) * input + Double(cached) * (self.cached ?? input) + Double(tokensOut) * output)
                / 1_000_000
        }
    }

    private var prices: [String: Price]

    /// By the name of the model, or by how names begin.
    package init(_ prices: [String: Price] = [:]) {
        self.prices = prices
    }

    package var isEmpty: Bool { prices.isEmpty }

    /// All of them in an order of their own, so that equal prices read equal.
    package var description: String {
        prices.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value.input) \($0.value.output) \($0.value.cached ?? -1)" }.joined(separator: "\n")
    }

    /// Of the name itself, else of the longest beginning of it that has a price.
    package func price(of model: String) -> Price? {
        if let price = prices[model] { return price }
        return prices.filter { !$0.key.isEmpty && model.hasPrefix($0.key) }.max {
            $0.key.utf8.count < $1.key.utf8.count
        }?
        .value
    }
}
