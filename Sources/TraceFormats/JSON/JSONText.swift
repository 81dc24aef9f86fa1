import Glibc
package import TraceModel

/// Pieces of JSON text as values.
package enum JSONText {
    /// How deep a text is taken apart; what lies deeper stays text.
    static let depth = 128

    /// The value of a string that is an object or an array in JSON; nothing of any other string.
    package static func container(_ text: String) -> AttributeValue? {
        var text = text
        return text.withUTF8 { bytes in
            guard let first = bytes.first(where: { $0 > 0x20 }), let last = bytes.last(where: { $0 > 0x20 }) else {
                return nil
            }
            guard first == 0x7B && last == 0x7D || first == 0x5B && last == 0x5D else { return nil }
            let indexer = JSONIndexer()
            return indexer.withCursor(on: UnsafeRawBufferPointer(bytes)) { cursor, outcome in
                guard outcome != .failed else { return nil }
                var cursor = cursor
                let value = cursor.takeValue(depth: depth)
                return cursor.isAtEnd ? value : nil
            }
        }
    }

    static func hasEscape(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = bytes.baseAddress else { return false }
        return memchr(start, Int32(UInt8(ascii: "\\")), bytes.count) != nil
    }

    /// What stands between quotes, with its escapes undone. Lone surrogates and bytes that are no UTF-8 are replaced.
    static func unescape(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        hasEscape(bytes)
            ? withUnescaped(bytes) { String(decoding: $0, as: UTF8.self) } : String(decoding: bytes, as: UTF8.self)
    }

    /// Lends the text that `bytes` with their escapes stand for, in memory of the moment.
    static func withUnescaped<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        // An escape is never shorter than what it stands for.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { text in
            let count = unescape(bytes, into: text)
            return body(UnsafeBufferPointer(rebasing: text[..<count]))
        }
    }

    private static func unescape(
        _ bytes: UnsafeBufferPointer<UInt8>, into text: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var index = 0
        var written = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                text[written] = byte
                written += 1
                index += 1
                continue
            }
            let escaped = bytes[index + 1]
            index += 2
            if escaped == UInt8(ascii: "u") {
                // What is no escape after all stays as it stands.
                guard let scalar = scalar(bytes, &index), let units = UTF8.encode(scalar) else {
                    text[written] = byte
                    text[written + 1] = escaped
                    written += 2
                    continue
                }
                for unit in units {
                    text[written] = unit
                    written += 1
                }
                continue
            }
            switch escaped {
            case UInt8(ascii: "n"): text[written] = 10
            case UInt8(ascii: "t"): text[written] = 9
            case UInt8(ascii: "r"): text[written] = 13
            case UInt8(ascii: "b"): text[written] = 8
            case UInt8(ascii: "f"): text[written] = 12
            default: text[written] = escaped
            }
            written += 1
        }
        return written
    }

    /// The scalar of an escape, or of two that make a pair. `index` is behind the `u`.
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Unicode.Scalar? {
        guard let first = unit(bytes, index) else { return nil }
        index += 4
        var value = first
        if first & 0xFC00 == 0xD800, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u"), let second = unit(bytes, index + 2), second & 0xFC00 == 0xDC00
        {
            index += 6
            value = 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)
        }
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// The value of four hex digits.
    private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let nibble = Hexadecimal.nibble(bytes[index]) else { return nil }
            value = value << 4 | UInt32(nibble)
        }
        return value
    }

    @inline(__always)
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        plainInteger(bytes) ?? wideInteger(bytes)
    }

    /// A whole number of at most 19 digits, as times and counts are.
    @inline(__always)
    static func plainInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < bytes.count, bytes.count - index <= 19 else { return nil }
        var value: UInt64 = 0
        while index < bytes.count {
            let digit = bytes[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ UInt64(digit)
            index += 1
        }
        guard value <= UInt64(Int64.max) else { return isNegative ? .min : .max }
        return isNegative ? -Int64(value) : Int64(value)
    }

    /// Digits with a point among them, few enough that a division gives exactly the nearest number.
    private static func plainFraction(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        guard bytes.count > 2, bytes.count <= 16 else { return nil }
        var digits: UInt64 = 0
        var scale: Double?
        for byte in bytes {
            if byte == UInt8(ascii: "."), scale == nil {
                scale = 1
                continue
            }
            guard byte &- 48 < 10 else { return nil }
            digits = digits &* 10 &+ UInt64(byte &- 48)
            scale = scale.map { $0 * 10 }
        }
        return scale.map { Double(digits) / $0 }
    }

    /// Numbers of more digits, fractions, exponents.
    private static func wideInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let text = String(decoding: bytes, as: UTF8.self)
        if let value = Int64(text) { return value }
        guard let value = Double(text), !value.isNaN else { return nil }
        return Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    }

    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        if let plain = plainInteger(bytes).map({ Double($0) }) ?? plainFraction(bytes) { return plain }
        let text = String(decoding: bytes, as: UTF8.self)
        return Double(text) ?? (text == "Infinity" ? .infinity : text == "-Infinity" ? -.infinity : nil)
    }

    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>) -> AttributeValue? {
        if JSONCursor.equal(bytes, "true") { return .bool(true) }
        if JSONCursor.equal(bytes, "false") { return .bool(false) }
        if JSONCursor.equal(bytes, "null") { return .empty }
        guard let first = bytes.first, first == UInt8(ascii: "-") || (48...57).contains(first) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        if let int = Int64(text) { return .int(int) }
        return Double(text).map { .double($0) }
    }

    /// Bytes of base64 in either alphabet, with padding or without; nothing of anything else.
    static func base64(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count * 3 / 4)
        var bits: UInt32 = 0
        var held = 0
        for byte in bytes {
            let value: UInt32
            switch byte {
            case 65...90: value = UInt32(byte) - 65
            case 97...122: value = UInt32(byte) - 71
            case 48...57: value = UInt32(byte) + 4
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="): continue
            default: return nil
            }
            bits = bits << 6 | value
            held += 6
            if held >= 8 {
                held -= 8
                decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            }
        }
        return decoded
    }
}

extension StaticString {
    @inline(__always)
    func isStart(of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count >= utf8CodeUnitCount
            && JSONCursor.equal(UnsafeBufferPointer(rebasing: bytes.prefix(utf8CodeUnitCount)), self)
    }
}
