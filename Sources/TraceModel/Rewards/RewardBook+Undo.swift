extension RewardBook {
    /// The last record that still holds and was made by an author.
    package func last(by author: String) -> RewardRecord? {
        records.filter { $0.author == author && holds($0) }.max { Self.isNewer($1, than: $0) }
    }

    /// What an author took back last and can have again: the withdrawal, and what it withdrew. A new judgement ends the chance,
    /// as in any editor.
    package func lastTakenBack(by author: String) -> (withdrawal: RewardRecord, judgement: RewardRecord)? {
        let byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for record in records.filter({ $0.author == author }).sorted(by: { Self.isNewer($0, than: $1) }) {
            let earlier = record.supersedes.flatMap { byID[$0] }
            if record.verdict == .withdrawn {
                // One that was itself taken back has been redone.
                guard !isSuperseded(record.id) else { continue }
                return earlier.map { (record, $0) }
            }
            // What was redone is no new judgement.
            guard earlier?.verdict == .withdrawn else { return nil }
        }
        return nil
    }

    /// Whether a record is neither superseded nor a withdrawal.
    package func holds(_ record: RewardRecord) -> Bool {
        record.verdict != .withdrawn && !isSuperseded(record.id)
    }

    /// All values that a target was ever given, and what its source said before.
    package func values(of target: RewardTarget) -> Set<Double> {
        Set(records.filter { $0.target == target }.flatMap { [$0.value, $0.former] }.compactMap { $0 })
    }
}
