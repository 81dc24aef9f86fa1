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
}
