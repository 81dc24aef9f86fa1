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

    /// 16 hex digits, eight at once: each is worked out beside the others within one word.
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
        let digits = UInt64(bigEndian: digits)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones &* 0x80
        // In each byte the top bit says whether it is in a range; letters are taken in lower case.
        let isASCII = ~digits & high
        let low = digits & ~high
        let folded = low | ones &* 0x20
        let isDigit = (low &+ ones &* (0x80 - 0x30)) & ~(low &+ ones &* (0x80 - 0x3A))
        let isLetter = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x80 - 0x67))
        guard isASCII & (isDigit | isLetter) == high else { return nil }
        // A letter is 9 more than its low four bits.
        var value = (digits & (ones &* 0x0F)) &+ ((isLetter & high) >> 7) &* 9
        value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
        value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
        return (value | value >> 16) & 0xFFFF_FFFF
    }
}
