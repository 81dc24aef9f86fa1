import TraceModel

/// Ids as OTLP's JSON has them: hex, and from some writers base64.
enum OTLPIdentifiers {
    @inline(__always)
    static func traceID(_ text: UnsafeBufferPointer<UInt8>) -> TraceID? {
        if text.count == 32, let high = word(text, at: 0), let low = word(text, at: 16) {
            return TraceID(high: high, low: low)
        }
        if text.count == 22 || text.count == 24, let bytes = JSONText.base64(text), bytes.count == 16 {
            return TraceID(high: number(bytes[..<8]), low: number(bytes[8...]))
        }
        return text.count <= 32 ? TraceID(hex: String(decoding: text, as: UTF8.self)) : nil
    }

    @inline(__always)
    static func spanID(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
        if text.count == 16, let word = word(text, at: 0) { return word }
        if text.count == 11 || text.count == 12, let bytes = JSONText.base64(text), bytes.count == 8 {
            return number(bytes[...])
        }
        if text.isEmpty { return 0 }
        return text.count <= 16 ? SpanID(hex: String(decoding: text, as: UTF8.self))?.value : nil
    }

    static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// 16 hex digits, all at once: each nibble of the two words is worked out beside the others.
    @inline(__always)
    private static func word(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt64? {
        let raw = UnsafeRawPointer(text.baseAddress! + start)
        guard
            let high = half(raw.loadUnaligned(as: UInt64.self)),
            let low = half(raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        else { return nil }
        return high << 32 | low
    }

    @inline(__always)
    private static func half(_ digits: UInt64) -> UInt64? {
        var value: UInt64 = 0
        var rest = digits
        for _ in 0..<8 {
            let nibble = nibbles[Int(rest & 0xFF)]
            guard nibble < 16 else { return nil }
            value = value << 4 | UInt64(nibble)
            rest >>= 8
        }
        return value
    }

    private static let nibbles: InlineArray<256, UInt8> = {
        var table = InlineArray<256, UInt8>(repeating: 0xFF)
        for digit in 0..<256 {
            if let nibble = Hexadecimal.nibble(UInt8(digit)) { table[digit] = nibble }
        }
        return table
    }()
}
