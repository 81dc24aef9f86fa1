import TraceModel

/// The prices of the models met so far; there are few, and they repeat.
struct PricedModels {
    private let prices: ModelPrices
    private var known: [(bytes: [UInt8], price: ModelPrices.Price?)] = []

    init(_ prices: ModelPrices) {
        self.prices = prices
    }

    /// Without prices, a scan spends no time on them.
    var isEmpty: Bool { prices.isEmpty }

    mutating func price(of model: UnsafeBufferPointer<UInt8>) -> ModelPrices.Price? {
        // By number: to go through them would be to copy each.
        for number in known.indices where JSONCursor.equal(model, known[number].bytes) { return known[number].price }
        let price = prices.price(of: String(decoding: model.prefix(256), as: UTF8.self))
        if known.count < 32 { known.append((Array(model), price)) }
        return price
    }
}
