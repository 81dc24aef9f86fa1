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

    /// The author's withdrawal that a redo undoes: the newest that stands, unless something else was judged since.
    package func lastUndone(by author: String) -> RewardRecord? {
        for record in records.filter({ $0.author == author }).sorted(by: { Self.isNewer($0, than: $1) }) {
            if record.verdict == .withdrawn {
                if holds(record) { return record }
            } else if let former = record.supersedes.flatMap({ self.record(with: $0) }), former.verdict == .withdrawn {
                // Made by a redo, which leaves the ones before it to be done again.
                continue
            } else if !isTakenBack(record.id) {
                return nil
            }
        }
        return nil
    }

}

extension RewardRecord {
    /// Whether it says what something is worth, or that this is passed over.
    package var isDecision: Bool { value != nil || verdict == .skip || verdict == .unknown }
}
