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

    /// What stands between quotes, with its escapes undone. Lone surrogates and bytes that are no UTF-8 are replaced.
    static func unescape(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                text.append(byte)
                index += 1
                continue
            }
            let escaped = bytes[index + 1]
            index += 2
            switch escaped {
            case UInt8(ascii: "n"): text.append(10)
            case UInt8(ascii: "t"): text.append(9)
            case UInt8(ascii: "r"): text.append(13)
            case UInt8(ascii: "b"): text.append(8)
            case UInt8(ascii: "f"): text.append(12)
            case UInt8(ascii: "u"): appendUnicode(bytes, &index, to: &text)
            default: text.append(escaped)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `index` is behind the `u`.
    private static func appendUnicode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, to text: inout [UInt8]) {
        func unit(at start: Int) -> UInt32? {
            guard start + 4 <= bytes.count else { return nil }
            return Hexadecimal.value(of: Array(bytes[start..<start + 4])[...]).map { UInt32($0) }
        }
        guard let first = unit(at: index) else {
            text.append(contentsOf: "\u{FFFD}".utf8)
            return
        }
        index += 4
        var value = first
        if first & 0xFC00 == 0xD800, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u"), let second = unit(at: index + 2), second & 0xFC00 == 0xDC00
        {
            index += 6
            value = 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)
        }
        text.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }

    @inline(__always)
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        plainInteger(bytes) ?? wideInteger(bytes)
    }

    /// A whole number of at most 19 digits, as times and counts are.
    @inline(__always)
    private static func plainInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
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

    /// Numbers of more digits, fractions, exponents.
    private static func wideInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let text = String(decoding: bytes, as: UTF8.self)
        if let value = Int64(text) { return value }
        guard let value = Double(text), !value.isNaN else { return nil }
        return Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    }

    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        if let whole = plainInteger(bytes) { return Double(whole) }
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
