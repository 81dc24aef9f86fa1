/// Lends views of JSON texts, in memory that it keeps for the next text.
package final class JSONDocument {
    private let indexer = JSONIndexer()
    private var ends: [UInt32] = []
    private var open: [UInt32] = []

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
        let count = cursor.count
        // Taken out while they are written to: what is in an object costs a check each time.
        var (ends, open) = (self.ends, self.open)
        (self.ends, self.open) = ([], [])
        defer { (self.ends, self.open) = (ends, open) }
        if ends.count < count + 1 { ends = Array(repeating: 0, count: count + count / 2 + 64) }
        open.removeAll(keepingCapacity: true)
        var outcome = Outcome.cutOff
        ends.withUnsafeMutableBufferPointer { ends in
            for token in 0..<count {
                let byte = cursor.byte(token) | 0x20
                if byte == 0x7B {
                    open.append(UInt32(token))
                } else if byte == 0x7D, let start = open.popLast() {
                    ends[Int(start)] = UInt32(token + 1)
                }
            }
            for token in open { ends[Int(token)] = UInt32(count) }
        }
        if count == 0 {
            outcome = isFailed ? .cutOff : .empty
        } else {
            var probe = cursor
            let isWhole = probe.skip() || cursor.byte | 0x20 != 0x7B
            if isWhole {
                outcome = probe.at >= count ? .whole : .malformed(cursor.offset(probe.at))
            } else if !open.isEmpty {
                outcome = .cutOff
            } else {
                outcome = .malformed(cursor.offset(0))
            }
        }
        return ends.withUnsafeBufferPointer { body(JSONView(cursor, $0.baseAddress!), outcome) }
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
