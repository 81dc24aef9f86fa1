import Testing
import TraceAnalysis

@Suite struct PropagationTests {
    typealias Step = Propagation.Step

    private let steps = [
        Step(duration: 10, tokens: 0), Step(hasFailed: true, duration: 40, tokens: 300),
        Step(duration: 0, tokens: 100), Step(hasFailed: true, duration: 20, tokens: 0),
    ]

    @Test(
        "hands down what a sequence is worth",
        arguments: [
            (Propagation.Strategy.uniform, [0.8, 0.8, 0.8, 0.8]),
            (.discounted, [0.1, 0.2, 0.4, 0.8]),
            (.lastOnly, [nil, nil, nil, 0.8]),
            (.toErrors, [nil, 0.8, nil, 0.8]),
            (.byDuration, [0.2, 0.8, 0, 0.4]),
            (.byTokens, [0, 0.8, 0.266666667, 0]),
        ] as [(Propagation.Strategy, [Double?])])
    func handingDown(strategy: Propagation.Strategy, values: [Double?]) {
        #expect(Propagation(strategy, gamma: 0.5).values(of: 0.8, over: steps) == values)
    }

    @Test("gives the last step what has nowhere else to go, and all alike what nothing weighs")
    func nothingToGoBy() {
        let calm = [Step(), Step(), Step()]
        #expect(Propagation(.toErrors).values(of: 0, over: calm) == [nil, nil, 0])
        #expect(Propagation(.byTokens).values(of: 0.5, over: calm) == [0.5, 0.5, 0.5])
        for strategy in Propagation.Strategy.allCases {
            #expect(Propagation(strategy).values(of: 1, over: []) == [])
            #expect(Propagation(strategy).values(of: 1, over: [Step()]) == [1])
        }
    }

    @Test("at the ends of gamma is uniform, or the last step's alone with zeros before it")
    func gamma() {
        #expect(Propagation(.discounted, gamma: 1).values(of: 0.3, over: steps) == [0.3, 0.3, 0.3, 0.3])
        #expect(Propagation(.discounted, gamma: 0).values(of: 0.3, over: steps) == [0, 0, 0, 0.3])
    }

    @Test("stays within what a reward can be, however long the sequence")
    func long() {
        let many = (0..<100_000).map { Step(hasFailed: $0 % 7 == 0, duration: Int64($0), tokens: 100_000 - $0) }
        for strategy in Propagation.Strategy.allCases {
            let values = Propagation(strategy).values(of: 1, over: many)
            #expect(values.count == many.count)
            #expect(values.allSatisfy { $0.map { (0...1).contains($0) } ?? true })
        }
    }

    @Test("goes through all strategies and comes back, keeping gamma")
    func turning() {
        var propagation = Propagation(.uniform, gamma: 0.7)
        var seen: Set<Propagation.Strategy> = []
        for _ in Propagation.Strategy.allCases {
            seen.insert(propagation.strategy)
            propagation = propagation.next
        }
        #expect(seen.count == Propagation.Strategy.allCases.count)
        #expect(propagation == Propagation(.uniform, gamma: 0.7))
        #expect("\(Propagation(.discounted, gamma: 0.9))" == "discounted 0.9")
    }

    @Test(
        "is known by the names that people have for it",
        arguments: [
            ("terminal", .uniform), ("last", .lastOnly), ("last_only", .lastOnly), ("Errors", .toErrors),
            ("weighted", .byDuration), ("tokens", .byTokens), ("by-tokens", .byTokens), ("sideways", nil),
        ] as [(String, Propagation.Strategy?)])
    func names(name: String, strategy: Propagation.Strategy?) {
        #expect(Propagation.Strategy(named: name) == strategy)
    }
}
