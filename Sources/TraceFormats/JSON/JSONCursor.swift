import Glibc

/// A place among the tokens of JSON text. Moving is arithmetic on an array of offsets; nothing is allocated.
///
/// Every read checks that the tokens go on: past the last one everything reads as zero bytes, which are no token.
struct JSONCursor {
    let base: UnsafePointer<UInt8>
    private let offsets: UnsafePointer<UInt32>
    /// Tokens there are; may be lowered to end the view earlier.
    var count: Int
    /// Bytes of the text.
    let length: Int
    /// The text was found to be UTF-8.
    let isUTF8: Bool
    /// The token that is read next.
    var at = 0

    // Safe: eight bytes that nobody writes, for pointers that point at nothing.
    nonisolated(unsafe) private static let nothing = UnsafePointer(UnsafeMutablePointer<UInt64>.allocate(capacity: 1))

    init(text: UnsafeRawBufferPointer, offsets: UnsafePointer<UInt32>?, count: Int, isUTF8: Bool = false) {
        let nothing = UnsafeRawPointer(Self.nothing)
        base = (text.baseAddress ?? nothing).assumingMemoryBound(to: UInt8.self)
        self.offsets = offsets ?? nothing.assumingMemoryBound(to: UInt32.self)
        self.count = offsets == nil ? 0 : count
        length = text.count
        self.isUTF8 = isUTF8
    }

    @inline(__always) var isAtEnd: Bool { at >= count }

    /// The byte that a token begins with.
    @inline(__always) func byte(_ token: Int) -> UInt8 { token < count ? base[Int(offsets[token])] : 0 }

    @inline(__always) var byte: UInt8 { byte(at) }

    /// Where a token begins; of none, the end of the text.
    @inline(__always) func offset(_ token: Int) -> Int { token < count ? Int(offsets[token]) : length }

    /// Goes behind the value here. False, and nowhere, where it is not complete.
    @inline(__always)
    mutating func skip() -> Bool {
        let first = byte
        if first != UInt8(ascii: "{"), first != UInt8(ascii: "[") {
            guard at + 1 < count || first != 0 && isScalarComplete else { return false }
            at += 1
            return true
        }
        return skipContainer()
    }

    /// Whether the last token of a text is a whole string. A number or a word may always go on.
    private var isScalarComplete: Bool {
        guard byte == UInt8(ascii: "\"") else { return false }
        let text = stringBytes(at)
        guard let start = text.baseAddress, start + text.count < base + length, start[text.count] == UInt8(ascii: "\"")
        else { return false }
        var escapes = 0
        while escapes < text.count, text[text.count - 1 - escapes] == UInt8(ascii: "\\") { escapes += 1 }
        return escapes.isMultiple(of: 2)
    }

    private mutating func skipContainer() -> Bool {
        var depth = 0
        var token = at
        while token < count {
            let byte = base[Int(offsets[token])]
            token += 1
            // 5B 5D 7B 7D: brackets are told from the rest by two bits and the order within by one.
            if byte | 0x20 == 0x7B {
                depth += 1
            } else if byte | 0x20 == 0x7D {
                depth -= 1
                if depth == 0 {
                    at = token
                    return true
                }
            }
        }
        return false
    }

    /// What stands between the quotes of a string token, escapes as they are. Empty where it is no string.
    @inline(__always)
    func stringBytes(_ token: Int) -> UnsafeBufferPointer<UInt8> {
        guard byte(token) == UInt8(ascii: "\"") else { return UnsafeBufferPointer(start: base, count: 0) }
        let start = offset(token) + 1
        var end = offset(token + 1)
        while end > start, base[end - 1] <= 0x20 { end -= 1 }
        if end > start, base[end - 1] == UInt8(ascii: "\"") { end -= 1 }
        return UnsafeBufferPointer(start: base + start, count: end - start)
    }

    /// The bytes of a number or a word.
    @inline(__always)
    func scalarBytes(_ token: Int) -> UnsafeBufferPointer<UInt8> {
        let start = offset(token)
        var end = offset(token + 1)
        while end > start, base[end - 1] <= 0x20 { end -= 1 }
        return UnsafeBufferPointer(start: base + start, count: end - start)
    }

    /// Calls `body` with each key of the object here, the cursor on its value; `body` must move behind the value and say
    /// whether it could. True once the object is behind; false where it is no whole object.
    @inline(__always)
    mutating func forEachField(_ body: (inout JSONCursor, UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        guard byte == UInt8(ascii: "{") else { return false }
        at += 1
        if byte == UInt8(ascii: "}") {
            at += 1
            return true
        }
        while true {
            guard byte == UInt8(ascii: "\""), byte(at + 1) == UInt8(ascii: ":") else { return false }
            let key = stringBytes(at)
            at += 2
            guard body(&self, key) else { return false }
            let next = byte
            at += 1
            if next == UInt8(ascii: "}") { return true }
            guard next == UInt8(ascii: ",") else { return false }
        }
    }

    /// The same for the elements of an array.
    @inline(__always)
    mutating func forEachElement(_ body: (inout JSONCursor) -> Bool) -> Bool {
        guard byte == UInt8(ascii: "[") else { return false }
        at += 1
        if byte == UInt8(ascii: "]") {
            at += 1
            return true
        }
        while true {
            guard body(&self) else { return false }
            let next = byte
            at += 1
            if next == UInt8(ascii: "]") { return true }
            guard next == UInt8(ascii: ",") else { return false }
        }
    }

    static func equal(_ bytes: UnsafeBufferPointer<UInt8>, _ text: [UInt8]) -> Bool {
        guard bytes.count == text.count else { return false }
        return text.withUnsafeBufferPointer { text in
            guard let left = bytes.baseAddress, let right = text.baseAddress else { return true }
            return memcmp(left, right, text.count) == 0
        }
    }

    @inline(__always)
    static func equal(_ bytes: UnsafeBufferPointer<UInt8>, _ text: StaticString) -> Bool {
        guard bytes.count == text.utf8CodeUnitCount, let start = bytes.baseAddress, !bytes.isEmpty else {
            return bytes.count == text.utf8CodeUnitCount
        }
        return start[0] == text.utf8Start[0] && memcmp(start, text.utf8Start, bytes.count) == 0
    }
}
