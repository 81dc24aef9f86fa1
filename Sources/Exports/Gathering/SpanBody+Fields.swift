import TraceModel

extension SpanBody {
    /// The reward that the source gave the span, from 0 to 1.
    var sourceReward: Double? {
        for known in AttributeMeaning.keys where known.meaning == .reward {
            if let number = attributes.number(known.key), (0...1).contains(number) { return number }
        }
        return nil
    }
}
