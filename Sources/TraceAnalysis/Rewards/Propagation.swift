/// A way in which what a sequence is worth is handed down to its steps. Pure, so that it can be tried before it is kept.
package struct Propagation: Sendable, Hashable {
    /// The raw value is the name in `--strategy` and on the screen.
    package enum Strategy: String, Sendable, CaseIterable {
        /// Every step gets it.
        case uniform
        /// The last step gets it, each one before `gamma` of what the next one got.
        case discounted
        /// Only the last step gets it.
        case lastOnly = "last-only"
        /// The steps that failed get it; where none did, the last one.
        case toErrors = "to-errors"
        /// The step that took longest gets it, the others as much of it as they took of that time.
        case byDuration = "by-duration"
        /// The same by tokens.
        case byTokens = "by-tokens"
    }

    /// What is known of a step that decides how much it gets.
    package struct Step: Sendable, Hashable {
        package var hasFailed: Bool
        /// Nanoseconds.
        package var duration: Int64
        package var tokens: Int

        package init(hasFailed: Bool = false, duration: Int64 = 0, tokens: Int = 0) {
            self.hasFailed = hasFailed
            self.duration = duration
            self.tokens = tokens
        }
    }

    package var strategy: Strategy
    /// From 0 to 1; only `discounted` looks at it.
    package var gamma: Double

    package static let usualGamma = 0.95

    package init(_ strategy: Strategy, gamma: Double = usualGamma) {
        self.strategy = strategy
        self.gamma = gamma
    }

    /// What each step gets, in their order; nothing is no reward, which is not a reward of zero.
    package func values(of worth: Double, over steps: [Step]) -> [Double?] {
        // Nine places are more than anybody reads, and leave no tail of arithmetic in what is written.
        exact(worth, steps).map { $0.map { ($0 * 1e9).rounded() / 1e9 } }
    }

    private func exact(_ worth: Double, _ steps: [Step]) -> [Double?] {
        guard let last = steps.indices.last else { return [] }
        switch strategy {
        case .uniform: return Array(repeating: worth, count: steps.count)
        case .discounted:
            var values = [Double?](repeating: worth, count: steps.count)
            var value = worth
            for step in steps.indices.reversed() {
                values[step] = value
                value *= gamma
            }
            return values
        case .lastOnly: return steps.indices.map { $0 == last ? worth : nil }
        case .toErrors:
            let hasFailures = steps.contains(where: \.hasFailed)
            return steps.indices.map { (hasFailures ? steps[$0].hasFailed : $0 == last) ? worth : nil }
        case .byDuration: return weighted(worth, steps) { Double(max(0, $0.duration)) }
        case .byTokens: return weighted(worth, steps) { Double(max(0, $0.tokens)) }
        }
    }

    /// By weight; where nothing weighs anything, all alike.
    private func weighted(_ worth: Double, _ steps: [Step], _ weight: (Step) -> Double) -> [Double?] {
        let heaviest = steps.reduce(0) { max($0, weight($1)) }
        return steps.map { heaviest > 0 ? worth * weight($0) / heaviest : worth }
    }

    /// The strategy after this one, for a key that goes through them.
    package var next: Propagation {
        let all = Strategy.allCases
        let place = all.firstIndex(of: strategy) ?? 0
        return Propagation(all[(place + 1) % all.count], gamma: gamma)
    }
}

extension Propagation: CustomStringConvertible {
    /// As a judgement's record has it: `uniform`, `discounted 0.95`.
    package var description: String {
        strategy == .discounted ? "\(strategy.rawValue) \(gamma)" : strategy.rawValue
    }
}
