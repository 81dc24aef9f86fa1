/// What is typed behind `:reward`: a value, and if wished what it is of, labels, and why.
struct RewardWords {
    var value: Double
    /// The trace as a whole, whatever the cursor is on.
    var isOfTrace = false
    var labels: [String]?
    var comment: String?

    /// As `0.8 on=trace labels=slow,vague it never looked at the log`.
    init?(_ text: String) {
        var words = text.split(separator: " ").map(String.init)
        guard let first = words.first, let value = Double(first), (0...1).contains(value) else { return nil }
        self.value = value
        words.removeFirst()
        while let word = words.first {
            if word == "on=trace" || word == "on=span" {
                isOfTrace = word == "on=trace"
            } else if word.hasPrefix("labels=") {
                labels = word.dropFirst(7).split(separator: ",").map(String.init)
            } else {
                break
            }
            words.removeFirst()
        }
        if !words.isEmpty { comment = words.joined(separator: " ") }
    }
}
