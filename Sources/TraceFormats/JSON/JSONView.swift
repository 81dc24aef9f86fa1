package import TraceModel

/// A value in a JSON text that is looked at where it stands: nothing is taken apart but what is asked for.
///
/// What is not there is a view too, of nothing, so that steps can be chained. A view is good for as long as the document
/// that lent it is.
package struct JSONView {
    package enum Kind: Sendable {
        case nothing, null, bool, number, string, array, object
    }

    let cursor: JSONCursor
    /// Of each token that opens a container, the token behind the one that closes it.
    let ends: UnsafePointer<UInt32>

    init(_ cursor: JSONCursor, _ ends: UnsafePointer<UInt32>) {
        self.cursor = cursor
        self.ends = ends
    }

    @inline(__always) private var first: UInt8 { cursor.byte }

    package var kind: Kind {
        switch first {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "-"), 48...57: .number
        default: .nothing
        }
    }

    /// There is a value, and it is not null.
    package var exists: Bool { kind != .nothing && kind != .null }

    // MARK: Steps

    /// The field of an object; of a repeated key the first.
    package subscript(key: StaticString) -> JSONView {
        guard first == UInt8(ascii: "{") else { return nothing }
        var at = cursor.at + 1
        while cursor.byte(at) == UInt8(ascii: "\""), cursor.byte(at + 1) == UInt8(ascii: ":") {
            if JSONCursor.equal(cursor.stringBytes(at), key) { return view(at + 2) }
            at = behind(at + 2)
            guard cursor.byte(at) == UInt8(ascii: ",") else { break }
            at += 1
        }
        return nothing
    }

    /// The first of several fields that has a value.
    package func first(of keys: StaticString...) -> JSONView {
        var best = (key: keys.count, value: nothing)
        var seen: UInt64 = 0
        var fields = fields
        while best.key > 0, let (name, value) = fields.nextField() {
            let name = cursor.stringBytes(name)
            guard let key = keys[..<best.key].firstIndex(where: { JSONCursor.equal(name, $0) }) else { continue }
            // Of a repeated key the first counts, be it null.
            if seen & 1 << UInt64(key) == 0, value.exists { best = (key, value) }
            seen |= 1 << UInt64(key)
        }
        return best.value
    }

    /// An element of an array.
    package subscript(index: Int) -> JSONView {
        var rest = index
        for element in elements {
            if rest == 0 { return element }
            rest -= 1
        }
        return nothing
    }

    /// The elements of an array; of anything else none.
    package var elements: Elements { Elements(self) }

    /// The fields of an object in their order; of anything else none.
    package var fields: Fields { Fields(self) }

    /// Calls `body` with each field of an object, the name as it stands between its quotes.
    func forEachField(_ body: (UnsafeBufferPointer<UInt8>, JSONView) -> Void) {
        var fields = fields
        while let (token, value) = fields.nextField() { body(cursor.stringBytes(token), value) }
    }

    // MARK: Values

    /// The text of a string; nothing of anything else.
    package var string: String? {
        first == UInt8(ascii: "\"") ? JSONText.unescape(cursor.stringBytes(cursor.at)) : nil
    }

    /// A string that is not empty.
    package var filled: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

    /// The text of a string, a number or a word as it stands, a container as JSON; nothing of null.
    package var text: String? {
        switch kind {
        case .nothing, .null: nil
        case .string: string
        default: json
        }
    }

    /// A whole number, bare or in quotes; a fraction is cut off.
    package var integer: Int64? {
        switch kind {
        case .number: JSONText.integer(cursor.scalarBytes(cursor.at))
        case .string: JSONText.integer(cursor.stringBytes(cursor.at))
        default: nil
        }
    }

    /// A number, bare or in quotes.
    package var double: Double? {
        switch kind {
        case .number: JSONText.double(cursor.scalarBytes(cursor.at))
        case .string: JSONText.double(cursor.stringBytes(cursor.at))
        default: nil
        }
    }

    package var bool: Bool? { kind == .bool ? first == UInt8(ascii: "t") : nil }

    /// The bytes of a string without escapes, or of a container as JSON: what `attribute` has of them as they stand.
    var plainText: UnsafeRawBufferPointer? {
        switch kind {
        case .object, .array: return UnsafeRawBufferPointer(rebasing: bytes)
        case .string:
            let text = cursor.stringBytes(cursor.at)
            return JSONText.hasEscape(text) ? nil : UnsafeRawBufferPointer(text)
        default: return nil
        }
    }

    /// The bytes of a number or a word.
    var plainScalar: UnsafeRawBufferPointer? {
        switch kind {
        case .number, .bool: UnsafeRawBufferPointer(cursor.scalarBytes(cursor.at))
        default: nil
        }
    }

    /// What `body` makes of the bytes of a string without escapes; nothing of anything else.
    func withPlainString<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result?) -> Result? {
        guard kind == .string else { return nil }
        let text = cursor.stringBytes(cursor.at)
        return JSONText.hasEscape(text) ? nil : body(text)
    }

    /// A whole number that is surely within bounds.
    var plainInteger: Int64? {
        guard kind == .number else { return nil }
        let digits = cursor.scalarBytes(cursor.at)
        return digits.count <= 18 ? JSONText.plainInteger(digits) : nil
    }

    /// There are no bytes in the text that would have to be repaired.
    var isUTF8: Bool { cursor.isUTF8 }

    /// The value's own text, as it stands in the file.
    package var json: String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes), as: UTF8.self)
    }

    /// The value as attributes have it, taken apart.
    package var value: AttributeValue {
        var cursor = cursor
        return cursor.takeValue(depth: JSONText.depth) ?? .empty
    }

    /// The value as an attribute that costs little to make: a container stays JSON in a string, which views fold all the same.
    package var attribute: AttributeValue {
        switch kind {
        case .object, .array: .string(json)
        default: value
        }
    }

    /// Where the value stands in the document.
    package var range: Range<Int> {
        let start = cursor.offset(cursor.at)
        guard kind != .nothing else { return start..<start }
        switch kind {
        case .object, .array:
            let last = behind(cursor.at) - 1
            return start..<max(start, min(cursor.length, cursor.offset(last) + (last < cursor.count ? 1 : 0)))
        default:
            var end = cursor.offset(cursor.at + 1)
            while end > start, cursor.base[end - 1] <= 0x20 { end -= 1 }
            return start..<end
        }
    }

    private var bytes: Slice<UnsafeRawBufferPointer> {
        UnsafeRawBufferPointer(start: cursor.base, count: cursor.length)[range]
    }

    // MARK: Tokens

    private var nothing: JSONView { view(cursor.count) }

    func view(_ token: Int) -> JSONView {
        var cursor = cursor
        cursor.at = token
        return JSONView(cursor, ends)
    }

    /// The token behind the value that begins at a token.
    @inline(__always)
    fileprivate func behind(_ token: Int) -> Int {
        guard cursor.byte(token) | 0x20 == 0x7B else { return token + 1 }
        return Int(ends[token])
    }

    package struct Elements: Sequence, IteratorProtocol {
        private let array: JSONView
        private var at: Int

        fileprivate init(_ array: JSONView) {
            self.array = array
            at = array.first == UInt8(ascii: "[") ? array.cursor.at + 1 : array.cursor.count
        }

        package mutating func next() -> JSONView? {
            let byte = array.cursor.byte(at)
            guard byte != 0, byte != UInt8(ascii: "]") else { return nil }
            let element = array.view(at)
            at = array.behind(at)
            if array.cursor.byte(at) == UInt8(ascii: ",") { at += 1 } else { at = array.cursor.count }
            return element
        }
    }

    package struct Fields: Sequence, IteratorProtocol {
        private let object: JSONView
        private var at: Int

        fileprivate init(_ object: JSONView) {
            self.object = object
            at = object.first == UInt8(ascii: "{") ? object.cursor.at + 1 : object.cursor.count
        }

        package mutating func next() -> (key: String, value: JSONView)? {
            nextField().map { (key: JSONText.unescape(object.cursor.stringBytes($0.name)), value: $0.value) }
        }

        /// The name as a token.
        @inline(__always)
        fileprivate mutating func nextField() -> (name: Int, value: JSONView)? {
            let cursor = object.cursor
            guard cursor.byte(at) == UInt8(ascii: "\""), cursor.byte(at + 1) == UInt8(ascii: ":") else { return nil }
            let field = (name: at, value: object.view(at + 2))
            at = object.behind(at + 2)
            if cursor.byte(at) == UInt8(ascii: ",") { at += 1 } else { at = cursor.count }
            return field
        }
    }
}
