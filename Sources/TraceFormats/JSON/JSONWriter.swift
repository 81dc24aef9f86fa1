package import TraceModel

/// Writes JSON, compact, onto the end of bytes. Commas come by themselves.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() {}

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    package mutating func key(_ key: String) {
        separate()
        quote(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func field(_ key: String, _ string: String) {
        self.key(key)
        self.string(string)
    }

    package mutating func field(_ key: String, _ number: Int64) {
        self.key(key)
        int(number)
    }

    package mutating func string(_ string: String) {
        separate()
        quote(string)
        needsComma = true
    }

    package mutating func int(_ number: some BinaryInteger) {
        literal("\(number)")
    }

    /// The shortest text that reads back the same; what is no number in JSON as a string.
    package mutating func double(_ number: Double) {
        if number.isFinite {
            literal("\(number)")
        } else {
            string(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
        }
    }

    package mutating func bool(_ bool: Bool) { literal(bool ? "true" : "false") }

    package mutating func null() { literal("null") }

    package mutating func newline() {
        bytes.append(10)
        needsComma = false
    }

    /// A value in JSON's own terms; bytes as hex digits.
    package mutating func value(_ value: AttributeValue) {
        switch value {
        case .empty: null()
        case .string(let text): string(text)
        case .bool(let flag): bool(flag)
        case .int(let number): int(number)
        case .double(let number): double(number)
        case .bytes(let raw): string(raw.map { Hexadecimal.string(of: UInt64($0)).suffix(2) }.joined())
        case .array(let elements): array { for element in elements { $0.value(element) } }
        case .map(let attributes): attributeObject(attributes)
        }
    }

    /// Attributes as one object. Where a key repeats, the last one counts, as it does for most readers.
    package mutating func attributeObject(_ attributes: [Attribute]) {
        var last: [String: Int] = [:]
        for (index, attribute) in attributes.enumerated() { last[attribute.key] = index }
        object { writer in
            for (index, attribute) in attributes.enumerated() where last[attribute.key] == index {
                writer.key(attribute.key)
                writer.value(attribute.value)
            }
        }
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ string: String) {
        var string = string
        string.withUTF8 { quote($0) }
    }

    /// Copies what needs no escape a run at a time; most strings are one run.
    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var from = 0
        while from < text.count {
            let end = Self.runEnd(text, from)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[from..<end]))
            guard end < text.count else { break }
            escape(text[end])
            from = end + 1
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
        case 10: bytes.append(contentsOf: "\\n".utf8)
        case 13: bytes.append(contentsOf: "\\r".utf8)
        case 9: bytes.append(contentsOf: "\\t".utf8)
        default: bytes.append(contentsOf: "\\u\(Hexadecimal.string(of: UInt64(byte)).suffix(4))".utf8)
        }
    }

    /// Where the next byte is that must be escaped; eight bytes at a step while there is none.
    private static func runEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(text)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var at = start
        while at + 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let quotes = word ^ ones &* UInt64(UInt8(ascii: "\""))
            let slashes = word ^ ones &* UInt64(UInt8(ascii: "\\"))
            let deletes = word ^ ones &* 0x7F
            // A byte's high bit is set where it is below 0x20, or zero after one of the differences above.
            let found =
                (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes
                | (deletes &- ones) & ~deletes
            if found & highs != 0 { break }
            at += 8
        }
        while at < raw.count, !mustEscape(raw[at]) { at += 1 }
        return at
    }

    private static func mustEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
    }
}
