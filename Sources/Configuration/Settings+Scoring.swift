import TraceModel

extension Settings {
    /// Takes a value of `[scoring]`, or throws what is wrong with it.
    mutating func takeScoring(_ value: TOMLDocument.Value, file: String) throws(ConfigurationError) {
        func mistake(_ what: String) -> ConfigurationError {
            ConfigurationError(description: "\(file):\(value.line): \(what)")
        }
        let path = value.path.dropFirst()
        let name = path.dropFirst().first ?? ""
        switch path.first {
        case "words":
            guard path.count == 3, scoring.words[name] != nil else {
                throw mistake("scoring.words has \(Self.names(scoring.words.keys)), each a list of texts")
            }
            // The first of a list takes the place of the words that the program comes with.
            if path.last == "0" { scoring.words[name] = [] }
            scoring.words[name]?.append(value.text)
        case "weights":
            guard path.count == 2, scoring.weights[name] != nil else {
                throw mistake("scoring.weights has \(Self.names(scoring.weights.keys))")
            }
            guard let weight = Double(value.text), weight.isFinite, weight >= 0 else {
                throw mistake("\(value.text) is no weight; as in safety = 0.5")
            }
            scoring.weights[name] = weight
        case "values":
            guard path.count == 2, scoring.values[name] != nil else {
                throw mistake("scoring.values has \(Self.names(scoring.values.keys))")
            }
            guard let reward = Double(value.text), (0...1).contains(reward) else {
                throw mistake("\(value.text) is no reward from 0 to 1")
            }
            scoring.values[name] = reward
        case "shortest", "longest", "latency":
            guard path.count == 1, let number = Double(value.text), number.isFinite, number > 0 else {
                throw mistake("\(value.text) is no number above 0; as in \(path.first ?? "") = 50")
            }
            switch path.first {
            case "latency": scoring.latency = number
            case "shortest": scoring.length = number...max(number, scoring.length.upperBound)
            default: scoring.length = min(number, scoring.length.lowerBound)...number
            }
        default:
            throw mistake("[scoring] has words, weights, values, shortest, longest and latency")
        }
    }

    private static func names(_ keys: some Sequence<String>) -> String { keys.sorted().joined(separator: ", ") }
}
