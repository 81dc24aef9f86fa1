/// Numbers drawn as a row of bars, one column each.
package enum Sparkline {
    private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The largest number is a full bar; zero is a dot, so that nothing and little are told apart.
    package static func text(_ numbers: [Int]) -> String {
        let largest = numbers.max() ?? 0
        return String(
            numbers.map { number in
                guard number > 0, largest > 0 else { return "·" }
                return bars[min(bars.count - 1, (number * bars.count - 1) / largest)]
            })
    }

    /// Rewards from 0 to 1, each by its height; a dot where there is none.
    package static func rewards(_ values: some Sequence<Double?>) -> String {
        String(
            values.map { value in
                guard let value, !value.isNaN else { return "·" }
                return bars[max(0, min(bars.count - 1, Int(value * Double(bars.count))))]
            })
    }

    /// How things are spread over bins: the fullest is a full bar, an empty one a blank.
    package static func spread(_ counts: [Int]) -> String {
        text(counts).replacing("·", with: " ")
    }
}
