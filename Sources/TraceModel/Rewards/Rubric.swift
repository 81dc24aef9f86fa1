/// By what traces are judged in a review: what the verdicts come to, the parts that a grade is made of, and the words
/// that say why.
package struct Rubric: Sendable, Hashable {
    /// A named part of a grade; weights are relative to one another.
    package struct Criterion: Sendable, Hashable {
        package var name: String
        package var weight: Double

        package init(name: String, weight: Double) {
            self.name = name
            self.weight = weight
        }
    }

    package var name: String
    package var version = ""
    package var criteria: [Criterion] = []
    /// Words that a flag may be, the first one first; at most nine.
    package var labels: [String] = []
    /// Why something is rejected, chosen by a digit; at most nine.
    package var reasons: [String] = []
    /// What the verdicts are worth.
    package var approve = 1.0
    package var reject = 0.0

    package init(name: String) {
        self.name = name
    }

    /// Without one of one's own: approve is 1, reject is 0.
    package static let plain = Rubric(name: "")

    /// As a record names it: the name, and after a blank the version.
    package var reference: String? {
        guard !name.isEmpty else { return nil }
        return version.isEmpty ? name : "\(name) \(version)"
    }

    /// What is wrong with it, and with which of its settings; nothing where it can be used.
    package var contradiction: (setting: String, what: String)? {
        if let twice = Self.repeated(criteria.map(\.name)) {
            return ("criteria", "the criterion \(twice) is there twice")
        }
        if let twice = Self.repeated(labels) { return ("labels", "the label \(twice) is there twice") }
        if let twice = Self.repeated(reasons) { return ("reasons", "the reason \(twice) is there twice") }
        for (setting, words) in [("criteria", criteria.map(\.name)), ("labels", labels), ("reasons", reasons)] {
            if words.count > 9 { return (setting, "\(words.count) \(setting), and only nine digits to choose by") }
            if words.contains(where: \.isEmpty) { return (setting, "an empty word among the \(setting)") }
        }
        if let bad = criteria.first(where: { !($0.weight >= 0 && $0.weight.isFinite) }) {
            return ("weights", "the weight of \(bad.name) is negative or no number")
        }
        if !criteria.isEmpty, criteria.allSatisfy({ $0.weight == 0 }) { return ("weights", "all weights are zero") }
        if !(0...1).contains(approve) { return ("approve", "approve is worth \(approve), which is not from 0 to 1") }
        if !(0...1).contains(reject) { return ("reject", "reject is worth \(reject), which is not from 0 to 1") }
        if reject > approve { return ("reject", "reject is worth \(reject), more than approve with \(approve)") }
        return nil
    }

    private static func repeated(_ words: [String]) -> String? {
        var seen: Set<String> = []
        return words.first { !seen.insert($0).inserted }
    }

    /// The parts as graded, in the order of the criteria, and what they come to by their weights.
    package func combined(_ grades: [Double]) -> (value: Double, dimensions: [RewardRecord.Dimension]) {
        let dimensions = zip(criteria, grades).map { criterion, grade in
            RewardRecord.Dimension(name: criterion.name, value: grade, weight: criterion.weight)
        }
        // To a billionth: .775 is not to be .7749999999999999.
        let value = ((dimensions.combined ?? 0) * 1e9).rounded() / 1e9
        return (min(1, max(0, value)), dimensions)
    }
}
