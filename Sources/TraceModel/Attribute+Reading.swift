extension [Attribute] {
    /// The first value under a key.
    package func value(_ key: String) -> AttributeValue? { first { $0.key == key }?.value }

    /// The first text under a key that is not empty.
    package func text(_ key: String) -> String? {
        for attribute in self where attribute.key == key {
            if case .string(let text) = attribute.value, !text.isEmpty { return text }
        }
        return nil
    }

    /// The value under a key as a number, be it written as a text.
    package func number(_ key: String) -> Double? {
        switch value(key) {
        case .double(let number): number
        case .int(let number): Double(number)
        case .string(let text): Double(text)
        default: nil
        }
    }
}
