/// Ids for what has ids of another kind, or none: the same words always give the same id.
package enum DerivedID {
    /// Of a UUID or up to 32 hex digits its own value; of any other text, together with `system`, a hash.
    package static func trace(_ text: String, in system: String) -> TraceID {
        let digits = text.utf8.count == 36 ? text.filter { $0 != "-" } : text
        if digits.utf8.count == 32, let id = TraceID(hex: digits), !id.isZero { return id }
        return TraceID(high: hash("\(system)\u{0}\(text)", seed: 1), low: hash("\(system)\u{0}\(text)", seed: 2))
    }

    /// Of 16 hex digits their own value; of any other text a hash. Never zero.
    package static func span(_ text: String) -> SpanID {
        if text.utf8.count == 16, let id = SpanID(hex: text), !id.isZero { return id }
        return SpanID(hash(text, seed: 3))
    }

    /// Of texts that belong together, to tell later whether they have changed.
    package static func content(_ texts: [String]) -> UInt64 {
        hash(texts.map { "\($0.utf8.count) \($0)" }.joined(), seed: 4)
    }

    /// Good enough to tell billions of texts apart; never zero.
    private static func hash(_ text: String, seed: UInt64) -> UInt64 {
        var text = text
        var hash: UInt64 = seed &* 0x9E37_79B9_7F4A_7C15
        text.withUTF8 { bytes in
            for byte in bytes {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
                hash ^= hash >> 29
            }
        }
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        hash ^= hash >> 31
        return hash == 0 ? seed : hash
    }
}
