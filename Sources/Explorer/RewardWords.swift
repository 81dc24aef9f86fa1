import TraceAnalysis

/// What is typed behind `:reward`: a value, and if wished what it is of, how it is handed down, labels, and why.
struct RewardWords {
    enum Scope: String, CaseIterable {
        case span, trace, sequence
    }

    /// What is wrong with the words, for the person.
    struct Mistake: Error {
        var text: String
    }

    var value: Double
    /// Nothing is what the cursor is on.
    var scope: Scope?
    /// How a sequence hands its worth down to its steps.
    var propagation: Propagation?
    var labels: [String]?
    var comment: String?

    /// As `0.8 on=sequence strategy=discounted gamma=0.9 labels=slow,vague it never looked at the log`.
    init(_ text: String) throws(Mistake) {
        var words = text.split(separator: " ").map(String.init)
        guard let first = words.first, let value = Double(first), (0...1).contains(value) else {
            let example = ":reward 0.8, or :reward 0.8 on=trace labels=slow why it is so"
            throw Mistake(text: "a reward is a number from 0 to 1: \(example)")
        }
        self.value = value
        words.removeFirst()
        while let word = words.first, let equals = word.firstIndex(of: "="),
            try take(String(word[..<equals]), String(word[word.index(after: equals)...]))
        {
            words.removeFirst()
        }
        if !words.isEmpty { comment = words.joined(separator: " ") }
        guard let propagation else {
            if scope == .sequence { self.propagation = Propagation(.uniform) }
            return
        }
        guard scope == nil || scope == .sequence else {
            throw Mistake(text: "strategy=\(propagation.strategy.rawValue) is for a sequence: on=sequence")
        }
        scope = .sequence
    }

    /// Whether it is one of the words that come before the reason.
    private mutating func take(_ key: String, _ value: String) throws(Mistake) -> Bool {
        switch key {
        case "on":
            guard let scope = Scope(rawValue: value) else {
                throw Mistake(text: "on= is one of: " + Scope.allCases.map(\.rawValue).joined(separator: ", "))
            }
            self.scope = scope
        case "strategy":
            guard let strategy = Propagation.Strategy(named: value) else {
                let names = Propagation.Strategy.allCases.map(\.rawValue).joined(separator: ", ")
                throw Mistake(text: "strategy= is one of: \(names)")
            }
            propagation = Propagation(strategy, gamma: propagation?.gamma ?? Propagation.usualGamma)
        case "gamma":
            guard let gamma = Double(value), (0...1).contains(gamma) else {
                throw Mistake(text: "gamma= is a number from 0 to 1, not \(value)")
            }
            propagation = Propagation(.discounted, gamma: gamma)
        case "labels": labels = value.split(separator: ",").map(String.init)
        default: return false
        }
        return true
    }
}
