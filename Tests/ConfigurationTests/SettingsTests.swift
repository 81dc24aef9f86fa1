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

    @Test("takes weights, values, bounds and lists of words for scores; what is not named stays")
    func scoring() throws {
        let scoring = try settings(
            """
            [scoring]
            latency = 2.5
            longest = 500
            [scoring.weights]
            empathy = 0
            [scoring.values]
            retry = 0.1
            [scoring.words]
            unsafe = ["nope", "never ever"]
            """
        ).scoring
        #expect(scoring.latency == 2.5 && scoring.length == 50...500)
        #expect(scoring.weights["empathy"] == 0 && scoring.weights["safety"] == 0.5)
        #expect(scoring.values == ["retry": 0.1, "clarification": 0.3])
        #expect(scoring.words["unsafe"] == ["nope", "never ever"])
        #expect(scoring.words["empathy"] == ScoringRules().words["empathy"])
    }

    @Test(
        "says where a setting is wrong, and what there is",
        arguments: [
            ("[prices.m]\ninput = -1", "config.toml:2: -1 is no price"),
            ("[prices.m]\ncost = 1", "config.toml:2: a price has input, output and cached, and no cost"),
            ("colour = 1", "config.toml:1: no setting colour"),
            ("[scoring.weights]\nkindness = 1", "config.toml:2: scoring.weights has"),
            ("[scoring.weights]\nsafety = -1", "config.toml:2: -1 is no weight"),
            ("[scoring.values]\nretry = 2", "config.toml:2: 2 is no reward from 0 to 1"),
            ("[scoring.words]\nunsafe = \"a\"", "config.toml:2: scoring.words has"),
            ("[scoring]\nlatency = 0", "config.toml:2: 0 is no number above 0"),
            ("[scoring]\nspeed = 1", "config.toml:2: [scoring] has"), ("x = ", "config.toml:1: "),
        ])
    func mistakes(text: String, message: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try settings(text) }
        #expect(error?.description.hasPrefix(message) == true)
    }
}
