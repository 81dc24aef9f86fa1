/// What an export leaves to whoever asks for it.
package struct ExportOptions: Sendable {
    /// A reward above it approves, one below it rejects, and one exactly there is undecided. A verdict counts for itself.
    package var threshold = 0.5
    /// Whether addresses, numbers, keys and secrets have stand-ins in what is written.
    package var isRedacted = false
    /// Texts, or with `*` and `?` words, that are redacted besides.
    package var extra: [String] = []

    package init() {}
}
