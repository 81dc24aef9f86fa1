/// What one author has done.
extension RewardBook {
    /// The author's newest record that holds and is of a target, with or without a value.
    package func own(_ target: RewardTarget, by author: String) -> RewardRecord? {
        standing(of: target.trace).last { $0.author == author && $0.target == target }
    }

    /// Traces that the author has decided on in a queue: given a value, or skipped. A word without either, a comment for
    /// one, decides nothing.
    package func decided(in queue: String, by author: String) -> Set<TraceID> {
        let decisions = records.lazy.filter { record in
            record.queue == queue && record.author == author && record.isDecision && holds(record)
        }
        return Set(decisions.map(\.target.trace))
    }
}

extension RewardRecord {
    /// Whether it says what something is worth, or that this is passed over.
    package var isDecision: Bool { value != nil || verdict == .skip || verdict == .unknown }
}
