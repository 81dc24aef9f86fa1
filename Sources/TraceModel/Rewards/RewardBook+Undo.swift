extension RewardBook {
    /// The last record that still holds and was made by an author.
    package func last(by author: String) -> RewardRecord? {
        records.filter { $0.author == author && $0.verdict != .withdrawn && holds($0) }
            .max { Self.isNewer($1, than: $0) }
    }

    /// All values that a target was ever given, and what its source said before.
    package func values(of target: RewardTarget) -> Set<Double> {
        Set(records.filter { $0.target == target }.flatMap { [$0.value, $0.former] }.compactMap { $0 })
    }
}
