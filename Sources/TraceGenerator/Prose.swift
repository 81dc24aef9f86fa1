/// Text that reads like the talk of agents, as much as is asked for, cut from one pool that a seed makes.
///
/// Every piece begins at a sentence of its own choice, so that a compressor finds about as much to gain as in real
/// prompts. The pool is kept twice: plain, and escaped for use in a string of JSON.
struct Prose: Sendable {
    /// Half a megabyte: more than gzip's window, less than a core's cache.
    private static let size = 1 << 19

    private let plain: Pool
    private let escaped: Pool

    private struct Pool: Sendable {
        var bytes: [UInt8] = []
        var sentences: [Int32] = []
    }

    init(seed: UInt64) {
        var random = RandomSource(seed: seed)
        var plain = Pool()
        var escaped = Pool()
        while plain.bytes.count < Self.size {
            let sentence = Self.sentence(&random)
            plain.sentences.append(Int32(plain.bytes.count))
            escaped.sentences.append(Int32(escaped.bytes.count))
            plain.bytes += sentence.utf8
            for byte in sentence.utf8 {
                switch byte {
                case UInt8(ascii: "\n"): escaped.bytes += "\\n".utf8
                case UInt8(ascii: "\""): escaped.bytes += "\\\"".utf8
                default: escaped.bytes.append(byte)
                }
            }
        }
        self.plain = plain
        self.escaped = escaped
    }

    /// About `length` bytes of prose.
    func text(_ length: Int, _ random: inout RandomSource) -> String {
        compose(between: "", "", plain, length, &random)
    }

    /// About `length` bytes of prose, escaped, between two pieces of JSON.
    func json(_ before: StaticString, _ length: Int, _ after: StaticString, _ random: inout RandomSource) -> String {
        compose(between: before, after, escaped, length, &random)
    }

    private func compose(
        between before: StaticString, _ after: StaticString, _ pool: Pool, _ length: Int, _ random: inout RandomSource
    ) -> String {
        let first = Int(pool.sentences[random.below(pool.sentences.count)])
        return String(unsafeUninitializedCapacity: before.utf8CodeUnitCount + length + after.utf8CodeUnitCount) { out in
            var end = out.initialize(fromContentsOf: UnsafeBufferPointer(before))
            let limit = end + length
            pool.bytes.withUnsafeBufferPointer { bytes in
                var from = first
                while end < limit {
                    let count = min(limit - end, bytes.count - from)
                    end = out[end...].initialize(fromContentsOf: bytes[from..<from + count])
                    from = 0
                }
            }
            end = Self.trim(out, from: limit - length, to: end)
            return out[end...].initialize(fromContentsOf: UnsafeBufferPointer(after))
        }
    }

    /// The end moved back so that no character and no escape is cut in two.
    private static func trim(_ out: UnsafeMutableBufferPointer<UInt8>, from start: Int, to end: Int) -> Int {
        var end = end
        while end > start, out[end - 1] & 0xC0 == 0x80 { end -= 1 }
        if end > start, out[end - 1] >= 0x80 { end -= 1 }
        if end > start, out[end - 1] == UInt8(ascii: "\\") { end -= 1 }
        return end
    }

    // MARK: Sentences

    private static func sentence(_ random: inout RandomSource) -> String {
        func pick(_ words: [String]) -> String { words[random.below(words.count)] }
        let clause = "\(pick(openings)) \(pick(things)) \(pick(doings)) \(pick(places))"
        switch random.below(12) {
        case 0: return "\(clause), \(pick(asides)).\n\n"
        case 1: return "\(clause): \"\(pick(remarks))\"\n"
        case 2: return "- \(pick(things)) \(pick(doings)) (\(random.within(2...980)) of \(random.within(981...4000)))\n"
        case 3: return "\(clause) since \(random.within(1...28)).\(random.within(1...12)). "
        default: return random.chance(0.4) ? "\(clause), \(pick(asides)). " : "\(clause). "
        }
    }

    private static let openings = [
        "I have read the file, and", "First of all", "From the log it follows that", "According to the second source",
        "It may be that", "As the user asked", "Nothing shows that", "The plan says that", "In the last run",
        "To be certain", "Contrary to the report", "Before anything is changed", "Since the release of March",
        "Where the two disagree", "Unlike the first attempt", "On closer reading",
    ]

    private static let things = [
        "the cache of answers", "a second worker", "the test of the parser", "every open order", "the retry policy",
        "the customer's address", "this branch of the plan", "the index of documents", "a token that has expired",
        "the summary in section three", "the migration script", "each of the four vendors", "the rate limit",
        "an empty result", "the naïve estimate", "the booking in Kraków", "the queue of approvals", "the café's ledger",
    ]

    private static let doings = [
        "is read twice", "holds the lock for longer than it should", "was written before the schema changed",
        "agrees with the invoice", "returns what the tool was given", "ought to be asked once more", "comes too late",
        "needs a human's approval", "fits in one request", "has not been seen since", "is cheaper by a third",
        "fails about once in forty runs", "can be left as it is", "must be checked against the source",
    ]

    private static let places = [
        "in the staging cluster", "on the path that nobody takes", "under load", "within the budget",
        "for the region in question", "in three of the five cases", "after the hand-over", "when the clock is set back",
        "at the end of the month", "behind the proxy", "in the table of prices", "without a warning",
    ]

    private static let asides = [
        "which is why I will look there first", "and so the estimate stands", "but only by a little",
        "as far as the records go", "so nothing more is needed", "though the cause is another one",
        "which the next step can rely on", "and that should be said in the answer",
    ]

    private static let remarks = [
        "connection reset by peer", "no such file or directory", "please try again later", "expected 14, got 13",
        "the request was too large", "who owns this?", "approved, with one change", "see the note below — 第二版",
    ]
}

extension UnsafeBufferPointer where Element == UInt8 {
    fileprivate init(_ text: StaticString) {
        self.init(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
