package import TraceModel

/// A quick automatic baseline: what code can tell of a span's worth without a person or a model.
package struct Scorer: Sendable {
    private let rules: ScoringRules

    package init(_ rules: ScoringRules = ScoringRules()) {
        self.rules = rules
    }

    /// So many different phrases of empathy are enough.
    private static let enoughEmpathy = 2.0

    // MARK: Answers

    /// The four parts of an answer to a person: nothing is said that must not be, it is warm, neither short nor long, and
    /// fast. A call that failed or answered nothing has no score.
    package func answer(_ text: String, seconds: Double?) -> Score? {
        guard !text.isEmpty else { return nil }
        var parts = [
            part("safety", PhraseList(words("unsafe")).count(in: text) == 0 ? 1 : 0),
            part("empathy", min(1, Double(PhraseList(words("empathy")).count(in: text)) / Self.enoughEmpathy)),
            part("length", length(Double(text.count))),
        ]
        if let seconds { parts.append(part("latency", seconds <= rules.latency ? 1 : rules.latency / seconds)) }
        return Score(parts, .local)
    }

    /// Full between the bounds; below in proportion, above in inverse proportion.
    private func length(_ characters: Double) -> Double {
        if characters < rules.length.lowerBound { return characters / rules.length.lowerBound }
        return characters > rules.length.upperBound ? rules.length.upperBound / characters : 1
    }

    // MARK: Steps

    /// What a step says of itself.
    package struct Signals: Sendable, Hashable {
        package var hasFailed = false
        package var hasOutput = false
        /// Nothing where nothing was validated.
        package var isValid: Bool?
        package var asksBack = false
        package var isRetry = false

        package init() {}
    }

    /// The parts of a step's own success; of one that asks back or tries again, what that tells.
    package func step(_ signals: Signals) -> Score? {
        var parts = [part("success", signals.hasFailed ? 0 : 1), part("output", signals.hasOutput ? 1 : 0)]
        if let isValid = signals.isValid { parts.append(part("validation", isValid ? 1 : 0)) }
        guard let local = Score(parts, .local) else { return nil }
        let told = [("clarification", signals.asksBack), ("retry", signals.isRetry)].filter(\.1).map(\.0)
        guard !told.isEmpty else { return local }
        let value = told.compactMap { rules.values[$0] }.min() ?? local.value
        return Score(
            value, parts + told.map { RewardRecord.Dimension(name: $0, value: rules.values[$0] ?? 0, weight: 0) },
            .informational)
    }

    /// `isRetry` where the step before it of the same name failed. `parsed` has the strings of the span that are JSON.
    package func signals(
        of body: SpanBody, parsed: [String: AttributeValue], isRetry: Bool
    ) -> Signals {
        var signals = Signals()
        signals.hasFailed = body.status == .error
        let exchange = SpanExchange(body)
        let answer = Self.answer(of: body, parsed: parsed)
        let output = exchange.output ?? exchange.action
        let outputText = output?.text ?? ""
        signals.hasOutput = [answer, outputText].contains { !["", "null", "{}", "[]"].contains($0) }
        signals.asksBack = answer.contains("?") && PhraseList(words("clarification")).count(in: answer) > 0
        signals.isRetry = isRetry
        var fields = body.attributes
        for value in [exchange.output, exchange.action] {
            guard case .string(let text) = value, case .map(let inner) = parsed[text] else { continue }
            fields += inner
        }
        for field in fields {
            let name = field.key.split(whereSeparator: { $0 == "." }).last.map(String.init) ?? field.key
            switch field.value {
            case .bool(let truth) where Self.validations.contains(name): signals.isValid = truth
            case .bool(let truth) where name == "success": signals.hasFailed = signals.hasFailed || !truth
            case .int(let count) where Self.retries.contains(name): signals.isRetry = signals.isRetry || count > 0
            default: break
            }
        }
        return signals
    }

    private static let validations: Set = [
        "validation_passed", "validation_pass", "is_valid", "valid", "parse_successful", "passed",
    ]
    private static let retries: Set = ["retry_count", "retries", "retry_attempt"]

    /// What a model said in a span, or an agent gave back; empty where that is nothing.
    package static func answer(of body: SpanBody, parsed: [String: AttributeValue]) -> String {
        let said = Conversation(body, parsed: parsed).messages.filter(\.isOutput).flatMap(\.parts)
            .compactMap { if case .text(let text) = $0 { text } else { nil } }
        if !said.isEmpty { return said.joined(separator: "\n") }
        if case .string(let text) = SpanExchange(body).output { return text }
        return ""
    }

    private func part(_ name: String, _ value: Double) -> RewardRecord.Dimension {
        RewardRecord.Dimension(name: name, value: value, weight: rules.weights[name] ?? 0)
    }

    private func words(_ list: String) -> [String] { rules.words[list] ?? [] }
}
