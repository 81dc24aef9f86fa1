import TraceModel

/// Asks a query about one subject after another. Regular expressions are made ready once.
package struct QueryEvaluator {
    private let query: TraceQuery
    /// By the position of the term.
    private let patterns: [Regex<AnyRegexOutput>?]

    /// Fields in which a bare word may stand.
    static let worded: [QueryField] = [.name, .title, .agent, .service, .source, .model, .session, .id]

    package init(_ query: TraceQuery) {
        self.query = query
        patterns = query.terms.map { term in
            guard case .text(_, .matches, let pattern) = term.condition else {
                guard case .text(_, .notMatches, let pattern) = term.condition else { return nil }
                return try? Self.pattern(pattern)
            }
            return try? Self.pattern(pattern)
        }
    }

    /// Whether a text is as a term of the query wants it; only of terms about words and texts.
    func holds(term: Int, for text: String) -> Bool {
        switch query.terms[term].condition {
        case .word(let needle): needle.matches(text)
        case .text(_, let comparison, let value): Self.compare(text, comparison, value, patterns[term])
        case .number, .isUnknown, .status: false
        }
    }

    /// Capitals count where there are some.
    private static func pattern(_ text: String) throws -> Regex<AnyRegexOutput> {
        text.contains(where: \.isUppercase) ? try Regex(text) : try Regex(text).ignoresCase()
    }

    package func matches(_ subject: some QuerySubject) -> Bool {
        for (position, term) in query.terms.enumerated() {
            if holds(term.condition, patterns[position], subject) == term.isNegated { return false }
        }
        return true
    }

    /// Whether the condition of one term holds, before it is turned round.
    private func holds(
        _ condition: TraceQuery.Condition, _ pattern: Regex<AnyRegexOutput>?, _ subject: some QuerySubject
    ) -> Bool {
        switch condition {
        case .word(let needle): return Self.worded.contains { needle.matches(subject.text($0)) }
        case .text(let field, let comparison, let value):
            return Self.compare(subject.text(field), comparison, value, pattern)
        case .number(let field, let comparison, let value):
            guard let number = subject.number(field) else { return comparison == .notEqual }
            return Self.compare(number, comparison, value)
        case .isUnknown(let field, let isWanted): return (subject.number(field) == nil) == isWanted
        case .status(let status, let isWanted): return has(status, subject) == isWanted
        }
    }

    private func has(_ status: TraceQuery.Status, _ subject: some QuerySubject) -> Bool {
        switch status {
        case .error: (subject.number(.errors) ?? 0) > 0
        case .running: subject.isRunning
        case .ok: (subject.number(.errors) ?? 0) == 0 && !subject.isRunning
        }
    }

    private static func compare(_ number: Double, _ comparison: TraceQuery.Comparison, _ value: Double) -> Bool {
        switch comparison {
        // Rewards are kept as short floats: what reads the same is the same.
        case .equal: abs(number - value) <= 1e-6 * max(1, abs(value))
        case .notEqual: abs(number - value) > 1e-6 * max(1, abs(value))
        case .less: number < value && !compare(number, .equal, value)
        case .atMost: number < value || compare(number, .equal, value)
        case .more: number > value && !compare(number, .equal, value)
        case .atLeast: number > value || compare(number, .equal, value)
        case .matches, .notMatches: false
        }
    }

    private static func compare(
        _ text: String, _ comparison: TraceQuery.Comparison, _ value: String, _ pattern: Regex<AnyRegexOutput>?
    ) -> Bool {
        switch comparison {
        case .equal: return text.lowercased() == value.lowercased()
        case .notEqual: return text.lowercased() != value.lowercased()
        case .matches, .notMatches:
            let isFound = pattern.flatMap { try? $0.firstMatch(in: text) } != nil
            return isFound == (comparison == .matches)
        default: return false
        }
    }
}
