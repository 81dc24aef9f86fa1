import Configuration
import Testing
import TraceModel

@Suite struct SettingsTests {
    private func settings(_ text: String) throws -> Settings { try Settings(text, file: "config.toml") }

    @Test("takes the price of a model by its name, or by the longest beginning that has one")
    func prices() throws {
        let prices = try settings(
            """
            [prices.gpt-4o]
            input = 2.5
            output = 10
            cached = 1.25
            [prices."gpt-4o-mini"]
            input = 0.15
            """
        ).prices
        #expect(prices.price(of: "gpt-4o-2024-08-06")?.output == 10)
        #expect(prices.price(of: "gpt-4o-mini-2024")?.input == 0.15)
        #expect(prices.price(of: "claude") == nil)
        let price = try #require(prices.price(of: "gpt-4o"))
        #expect(price.cost(tokensIn: 1_000_000, tokensOut: 100_000, cached: 400_000) == 1.5 + 0.5 + 1)
    }

    @Test(
        "says where a setting is wrong, and what there is",
        arguments: [
            ("[prices.m]\ninput = -1", "config.toml:2: -1 is no price"),
            ("[prices.m]\ncost = 1", "config.toml:2: a price has input, output and cached, and no cost"),
            ("colour = 1", "config.toml:1: no setting colour"), ("x = ", "config.toml:1: "),
        ])
    func mistakes(text: String, message: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try settings(text) }
        #expect(error?.description.hasPrefix(message) == true)
    }
}
