/// What came of another try.
package struct RetryTally: Sendable {
    /// Judgements that their sources have now.
    package var reached = 0
    /// Those that a source will never take, and why.
    package var refused: [String] = []
    /// Those that go on waiting.
    package var left = 0
    /// Whether anything is not as it was before.
    package var hasNews = false
}
