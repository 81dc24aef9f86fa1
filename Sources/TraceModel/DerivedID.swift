/// Ids for what has ids of another kind, or none: the same words always give the same id.
package enum DerivedID {
    /// Of a UUID or up to 32 hex digits its own value; of any other text, together with `system`, a hash.
    package static func trace(_ text: String, in system: String) -> TraceID {
        var text = text
        return text.withUTF8 { trace($0, in: system) }
    }

    private static func trace(_ text: UnsafeBufferPointer<UInt8>, in system: String) -> TraceID {
        if let id = number(text) { return id }
        var high = Hash(seed: 1)
        var low = Hash(seed: 2)
        high.take(system)
        high.take("\u{0}")
        high.take(text)
        low.take(system)
        low.take("\u{0}")
        low.take(text)
        return TraceID(high: high.value, low: low.value)
    }

    /// Of 16 hex digits their own value; of any other text a hash. Never zero.
    package static func span(_ words: Words) -> SpanID { words.span }

    package static func span(of text: String) -> SpanID {
        var words = Words(stringLiteral: "")
        words.take(text)
        return words.span
    }

    /// Of texts that belong together, to tell later whether they have changed.
    package static func content(_ texts: [String]) -> UInt64 {
        var hash = Hash(seed: 4)
        for text in texts {
            hash.take("\(text.utf8.count) ")
            hash.take(text)
        }
        return hash.value
    }

    /// The value of a UUID or of 32 hex digits.
    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> TraceID? {
        let count = text.count
        guard count == 32 || count == 36 else { return nil }
        var digits = 0
        var id = TraceID(high: 0, low: 0)
        for byte in text {
            if byte == UInt8(ascii: "-"), count == 36 { continue }
            guard let nibble = Hexadecimal.nibble(byte) else { return nil }
            id.high = id.high << 4 | id.low >> 60
            id.low = id.low << 4 | UInt64(nibble)
            digits += 1
        }
        return digits == 32 && !id.isZero ? id : nil
    }

    /// A text that is never put together: its hash is made of its parts as they come.
    package struct Words: ExpressibleByStringInterpolation, StringInterpolationProtocol {
        private var hash = Hash(seed: 3)
        private var count = 0
        /// The value of the hex digits so far; nothing once there was anything else.
        private var digits: UInt64? = 0

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package init(stringLiteral text: String) {
            take(text)
        }

        package init(stringInterpolation words: Words) {
            self = words
        }

        package mutating func appendLiteral(_ text: String) { take(text) }

        package mutating func appendInterpolation(_ text: String) { take(text) }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) { take(value.description) }

        package mutating func take(_ text: String) {
            var text = text
            text.withUTF8 { take($0) }
        }

        package mutating func take(_ text: UnsafeBufferPointer<UInt8>) {
            hash.take(text)
            count += text.count
            guard var value = digits else { return }
            for byte in text {
                guard let nibble = Hexadecimal.nibble(byte) else {
                    digits = nil
                    return
                }
                value = value << 4 | UInt64(nibble)
            }
            digits = value
        }

        fileprivate var span: SpanID {
            if count == 16, let digits, digits != 0 { return SpanID(digits) }
            return SpanID(hash.value)
        }
    }

    /// Good enough to tell billions of texts apart; never zero.
    private struct Hash {
        private let seed: UInt64
        private var state: UInt64

        init(seed: UInt64) {
            self.seed = seed
            state = seed &* 0x9E37_79B9_7F4A_7C15
        }

        mutating func take(_ text: String) {
            var text = text
            text.withUTF8 { take($0) }
        }

        mutating func take(_ text: UnsafeBufferPointer<UInt8>) {
            var state = state
            for byte in text {
                state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
                state ^= state >> 29
            }
            self.state = state
        }

        var value: UInt64 {
            var hash = state
            hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
            hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
            hash ^= hash >> 31
            return hash == 0 ? seed : hash
        }
    }
}
