import TraceModel

extension SpanBody {
    func has(_ key: String) -> Bool { attributes.contains { $0.key == key } }

    func value(_ key: String) -> AttributeValue? { attributes.last { $0.key == key }?.value }

    /// A text that is not empty.
    func text(_ key: String) -> String? {
        guard case .string(let text) = value(key), !text.isEmpty else { return nil }
        return text
    }

    func number(_ key: String) -> Double? {
        switch value(key) {
        case .double(let number): number
        case .int(let number): Double(number)
        case .string(let text): Double(text)
        default: nil
        }
    }

    /// The reward that the source gave the span, from 0 to 1.
    var sourceReward: Double? {
        for known in AttributeMeaning.keys where known.meaning == .reward {
            if let number = number(known.key), (0...1).contains(number) { return number }
        }
        return nil
    }
}
