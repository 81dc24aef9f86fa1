import CSimdjson

/// Finds where the tokens of JSON text begin, by simdjson's first stage, in memory that it keeps for the next text.
final class JSONIndexer {
    enum Outcome {
        case indexed
        /// Indexed, and some bytes are no UTF-8.
        case invalidUTF8
        /// Nothing is indexed: a control character stands in a string.
        case controlCharacter
        /// Nothing is indexed: a string does not end, or memory is out.
        case failed
    }

    private let indexer: OpaquePointer?
    private(set) var offsets: UnsafeMutablePointer<UInt32>?
    private(set) var count = 0

    init() {
        indexer = csimdjson_create()
    }

    deinit {
        if let indexer { csimdjson_destroy(indexer) }
    }

    /// The text may end in the middle of anything. It must stay in place while a cursor is on it.
    func index(_ text: UnsafeRawBufferPointer) -> Outcome {
        count = 0
        guard let indexer, let base = text.baseAddress else { return text.isEmpty ? .indexed : .failed }
        let bytes = base.assumingMemoryBound(to: UInt8.self)
        return switch csimdjson_index(indexer, bytes, text.count, 1, &offsets, &count) {
        case .indexed: .indexed
        case .invalidUTF8: .invalidUTF8
        case .controlCharacter: .controlCharacter
        default: .failed
        }
    }

    /// Indexes any text: where control characters stand in strings, a copy with blanks instead is indexed, of the same
    /// length, so that offsets hold. `body` is given a cursor on whichever it was.
    func withCursor<Result>(
        on text: UnsafeRawBufferPointer, _ body: (JSONCursor, Outcome) -> Result
    ) -> Result {
        let outcome = index(text)
        if outcome != .controlCharacter {
            // Of a character that is cut off at the end nobody says that it is none.
            return body(cursor(on: text, isUTF8: outcome == .indexed && text.last ?? 0 < 0x80), outcome)
        }
        return withUnsafeTemporaryAllocation(byteCount: text.count, alignment: 16) { copy in
            copy.copyMemory(from: text)
            for at in 0..<copy.count where copy[at] < 0x20 { copy[at] = 0x20 }
            let again = index(UnsafeRawBufferPointer(copy))
            return body(cursor(on: UnsafeRawBufferPointer(copy)), again == .failed ? .failed : .controlCharacter)
        }
    }

    private func cursor(on text: UnsafeRawBufferPointer, isUTF8: Bool = false) -> JSONCursor {
        JSONCursor(text: text, offsets: offsets, count: count, isUTF8: isUTF8)
    }
}
