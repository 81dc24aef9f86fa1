import Testing
import TraceAnalysis
import TraceModel

@Suite struct ScorerTests {
    private func parts(_ score: Score?) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: (score?.dimensions ?? []).map { ($0.name, $0.value) })
    }

    private let warm = "That sounds hard, and I hear you. Take your time; there is nothing to be ashamed of here."

    @Test("an answer that is safe, warm, of a good length and fast is worth all")
    func answer() throws {
        let score = try #require(Scorer().answer(warm, seconds: 0.9))
        #expect(score.value == 1 && score.strategy == .local)
        #expect(score.dimensions.map(\.weight) == [0.5, 0.3, 0.1, 0.1])
    }

    @Test(
        "each part of an answer is looked at by itself",
        arguments: [
            ("safety", "Just get over it, and " + String(repeating: "a", count: 60), 1.0, 0.0),
            ("safety", "You’re WORTHLESS: you are  worthless!", 1.0, 0.0),
            ("safety", "A skill yourself can learn.", 1.0, 1.0),
            ("empathy", "It makes sense.", 1.0, 0.5), ("empathy", "Next question.", 1.0, 0.0),
            ("length", "0123456789", 1.0, 0.2), ("length", String(repeating: "é", count: 400), 1.0, 0.5),
            ("latency", "x", 0.2, 1.0), ("latency", "x", 4.0, 0.25),
        ])
    func part(name: String, text: String, seconds: Double, value: Double) {
        #expect(parts(Scorer().answer(text, seconds: seconds))[name] == value)
    }

    @Test("without an answer there is no score, and without a time no latency")
    func nothing() {
        #expect(Scorer().answer("", seconds: 1) == nil)
        #expect(parts(Scorer().answer(warm, seconds: nil))["latency"] == nil)
        #expect(Scorer().answer(warm, seconds: nil)?.value == 1)
    }

    @Test("a person's own words and weights count instead")
    func rules() throws {
        var rules = ScoringRules()
        rules.words["unsafe"] = ["ashamed"]
        rules.weights = ["safety": 1, "length": 3]
        let score = try #require(Scorer(rules).answer(warm, seconds: 1))
        #expect(score.value == 0.75)
        rules.weights = [:]
        #expect(Scorer(rules).answer(warm, seconds: 1) == nil)
    }

    private func body(_ attributes: [(String, AttributeValue)], status: SpanStatus = .unset) -> SpanBody {
        var body = SpanBody(
            traceID: TraceID(high: 0, low: 1), spanID: SpanID(1), parentID: SpanID(0), name: "step", start: 0, end: 1)
        body.attributes = attributes.map { Attribute($0.0, $0.1) }
        body.status = status
        return body
    }

    private func score(_ body: SpanBody, parsed: [String: AttributeValue] = [:], isRetry: Bool = false) -> Score? {
        let scorer = Scorer()
        return scorer.step(scorer.signals(of: body, parsed: parsed, isRetry: isRetry))
    }

    @Test("a step is worth its success, its output, and its validation where there was one")
    func step() {
        #expect(score(body([("output.value", .string("42"))]))?.value == 1)
        #expect(parts(score(body([("output.value", .string("42"))]))) == ["success": 1, "output": 1])
        #expect(parts(score(body([("output.value", .string("{}"))], status: .error))) == ["success": 0, "output": 0])
        let invalid = score(body([("output.value", .string("x")), ("asp.validation_passed", .bool(false))]))
        #expect(parts(invalid)["validation"] == 0 && invalid?.value == 0.75)
    }

    @Test("what an action says of itself counts as well")
    func action() {
        let text = #"{"success":false}"#
        let parsed: [String: AttributeValue] = [text: .map([Attribute("success", .bool(false))])]
        #expect(parts(score(body([("rl.action", .string(text))]), parsed: parsed)) == ["success": 0, "output": 1])
    }

    @Test("a question back and a retry tell something else than success")
    func informational() {
        let question = score(body([("output.value", .string("Could you clarify which pier you mean?"))]))
        #expect(question?.strategy == .informational && question?.value == 0.3)
        #expect(parts(question)["clarification"] == 0.3 && parts(question)["success"] == 1)
        #expect(score(body([("output.value", .string("x")), ("retry_count", .int(2))]))?.strategy == .informational)
        #expect(score(body([("output.value", .string("x")), ("retry_count", .int(0))]))?.strategy == .local)
        #expect(score(body([("output.value", .string("x"))]), isRetry: true)?.value == 0.3)
    }
}
