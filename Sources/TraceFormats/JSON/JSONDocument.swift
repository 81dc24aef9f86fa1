/// Lends views of JSON texts, in memory that it keeps for the next text.
package final class JSONDocument {
    private let indexer = JSONIndexer()
    private var pairs: JSONPairs?

    package init() {}

    /// How much of a text is JSON.
    package enum Outcome: Sendable, Equatable {
        /// One value, and nothing behind it.
        case whole
        /// The text ends inside the value.
        case cutOff
        /// No value, or something behind it, from a byte on.
        case malformed(Int)
        case empty
    }

    /// Calls `body` with the value at the start of the text. Broken text is lent as far as it makes sense: what is missing
    /// reads as nothing. A text within a text needs a document of its own.
    package func read<Result>(_ text: UnsafeRawBufferPointer, _ body: (JSONView, Outcome) -> Result) -> Result {
        indexer.withCursor(on: text) { pair($0, $1 == .failed, body) }
    }

    /// The same of a string that holds JSON.
    package static func read<Result>(_ text: String, _ body: (JSONView, Outcome) -> Result) -> Result {
        var text = text
        return text.withUTF8 { JSONDocument().read(UnsafeRawBufferPointer($0), body) }
    }

    private func pair<Result>(
        _ cursor: JSONCursor, _ isFailed: Bool, _ body: (JSONView, Outcome) -> Result
    ) -> Result {
        // Taken out while it is written to: what is in an object costs a check each time.
        var pairs = pairs.take() ?? JSONPairs()
        defer { self.pairs = pairs }
        pairs.reserve(cursor.count)
        let outcome = pairs.note(cursor, at: 0, isFailed: isFailed)
        return pairs.withEnds(at: 0) { body(JSONView(cursor, $0), outcome) }
    }
}

extension JSONDocument {
    /// A view of nothing.
    static var nothing: JSONView {
        JSONView(JSONCursor(text: UnsafeRawBufferPointer(start: nil, count: 0), offsets: nil, count: 0), noEnds)
    }

    // Safe: never read, since there is no token to ask about, and never freed.
    nonisolated(unsafe) private static let noEnds = UnsafePointer(UnsafeMutablePointer<UInt32>.allocate(capacity: 1))
}
