import Glibc
package import TraceModel

/// What a person has set for all their traces, in `config.toml` of Spandrel's folder.
package struct Settings: Sendable, Equatable {
    package var prices = ModelPrices()
    package var review = ReviewSettings()
    package var scoring = ScoringRules()

    package init() {}

    package init(_ text: String, file: String) throws(ConfigurationError) {
        var prices: [String: ModelPrices.Price] = [:]
        var review = ReviewSettingsReader(file: file)
        for value in try TOMLDocument(text, file: file).values where try !review.take(value) {
            func mistake(_ what: String) -> ConfigurationError {
                ConfigurationError(description: "\(file):\(value.line): \(what)")
            }
            if value.path.first == "scoring" {
                try takeScoring(value, file: file)
                continue
            }
            guard value.path.count == 3, value.path[0] == "prices" else {
                throw mistake(
                    "no setting \(value.path.joined(separator: ".")); there are [prices.\"model\"], [rubrics.name], [queues.name] and [scoring]"
                )
            }
            guard let amount = Double(value.text), amount.isFinite, amount >= 0 else {
                throw mistake("\(value.text) is no price; as in input = 2.5, US dollars for a million tokens")
            }
            switch value.path[2] {
            case "input": prices[value.path[1], default: .init()].input = amount
            case "output": prices[value.path[1], default: .init()].output = amount
            case "cached": prices[value.path[1], default: .init()].cached = amount
            default: throw mistake("a price has input, output and cached, and no \(value.path[2])")
            }
        }
        self.prices = ModelPrices(prices)
        self.review = try review.finish()
    }

    /// Those of the person's own file; without one, as the program comes.
    package static func load() throws(ConfigurationError) -> Settings {
        let path = "\(ConfigurationFolder.path)/config.toml"
        guard let text = ConfigurationFolder.read(path) else {
            guard errno == ENOENT || errno == ENOTDIR || errno == EACCES else {
                throw ConfigurationError(
                    description: "\(path): cannot be read: \(String(cString: strerror(errno)))")
            }
            return Settings()
        }
        return try Settings(text, file: path)
    }
}
