import TraceModel

extension JSONCursor {
    /// The string here, unescaped; of another scalar its text; moves on.
    mutating func takeString() -> String? {
        let first = byte
        defer { _ = skip() }
        if first == UInt8(ascii: "\"") { return JSONText.unescape(stringBytes(at)) }
        guard first != UInt8(ascii: "{"), first != UInt8(ascii: "["), first != UInt8(ascii: "n"), first != 0 else {
            return nil
        }
        return String(decoding: scalarBytes(at), as: UTF8.self)
    }

    /// A whole number here, bare or in quotes, or a number with a fraction that is cut off; bounded where it is absurd.
    @inline(__always)
    mutating func takeInteger() -> Int64? {
        let bytes = byte == UInt8(ascii: "\"") ? stringBytes(at) : scalarBytes(at)
        defer { _ = skip() }
        return JSONText.integer(bytes)
    }

    mutating func takeDouble() -> Double? {
        let bytes = byte == UInt8(ascii: "\"") ? stringBytes(at) : scalarBytes(at)
        defer { _ = skip() }
        return JSONText.double(bytes)
    }

    /// Any value, as attributes have them. Deeper than `depth` the text of the value stands for it.
    mutating func takeValue(depth: Int) -> AttributeValue? {
        let first = byte
        switch first {
        case UInt8(ascii: "\""):
            return takeString().map { .string($0) }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth > 0 else { return takeText() }
            if first == UInt8(ascii: "[") {
                var elements: [AttributeValue] = []
                let isWhole = forEachElement { cursor in
                    guard let element = cursor.takeValue(depth: depth - 1) else { return false }
                    elements.append(element)
                    return true
                }
                return isWhole ? .array(elements) : nil
            }
            var attributes: [Attribute] = []
            let isWhole = forEachField { cursor, key in
                guard let value = cursor.takeValue(depth: depth - 1) else { return false }
                attributes.append(Attribute(JSONText.unescape(key), value))
                return true
            }
            return isWhole ? .map(attributes) : nil
        default:
            let bytes = scalarBytes(at)
            at += 1
            return JSONText.scalar(bytes)
        }
    }

    /// The text of the value here as a string.
    private mutating func takeText() -> AttributeValue? {
        let start = offset(at)
        guard skip() else { return nil }
        return .string(
            String(decoding: UnsafeBufferPointer(start: base + start, count: offset(at - 1) + 1 - start), as: UTF8.self)
        )
    }
}
