/// What follows a command: options with a value each, and words.
struct Options {
    private var values: [String: String] = [:]
    private(set) var words: [String] = []
    private(set) var asksForHelp = false

    /// `names` are the options that there are, without their dashes.
    init(_ arguments: [String], names: Set<String>) throws(BenchError) {
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            if argument == "--help" || argument == "-h" {
                asksForHelp = true
            } else if argument.hasPrefix("--") {
                let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let name = String(parts[0])
                guard names.contains(name) else { throw .usage("there is no option --\(name)") }
                if parts.count == 2 {
                    values[name] = String(parts[1])
                } else {
                    guard index < arguments.count else { throw .usage("--\(name) wants a value") }
                    values[name] = arguments[index]
                    index += 1
                }
            } else {
                words.append(argument)
            }
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// A whole number with, if it is large, a k, M or G behind it.
    func number(_ name: String, in range: ClosedRange<Int>) throws(BenchError) -> Int? {
        guard let text = values[name] else { return nil }
        let scales: [Character: Int] = ["k": 1000, "K": 1000, "M": 1_000_000, "G": 1_000_000_000]
        let scale = text.last.flatMap { scales[$0] }
        guard let digits = Int(scale == nil ? text : String(text.dropLast())) else {
            throw .usage("--\(name) wants a number, not '\(text)'")
        }
        let (number, isTooLarge) = digits.multipliedReportingOverflow(by: scale ?? 1)
        guard !isTooLarge, range.contains(number) else {
            throw .usage("--\(name) is from \(range.lowerBound) to \(range.upperBound), not \(text)")
        }
        return number
    }

    /// A part of one.
    func part(_ name: String) throws(BenchError) -> Double? {
        guard let text = values[name] else { return nil }
        guard let number = Double(text), (0...1).contains(number) else {
            throw .usage("--\(name) wants a number from 0 to 1, not '\(text)'")
        }
        return number
    }
}
