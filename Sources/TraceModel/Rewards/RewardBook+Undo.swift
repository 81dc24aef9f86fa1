extension RewardBook {
    /// The last record that still holds and was made by an author.
    package func last(by author: String) -> RewardRecord? {
        records.filter { $0.author == author && $0.verdict != .withdrawn && holds($0) }
            .max { Self.isNewer($1, than: $0) }
    }
}
