extension Propagation.Strategy {
    /// From the name that a person types: ours, or another that people have for it.
    package init?(named name: String) {
        switch name.lowercased().replacing("_", with: "-") {
        case "terminal": self = .uniform
        case "last": self = .lastOnly
        case "errors": self = .toErrors
        case "duration", "weighted", "weighted-by-duration": self = .byDuration
        case "tokens", "weighted-by-tokens": self = .byTokens
        case let name: self.init(rawValue: name)
        }
    }
}
