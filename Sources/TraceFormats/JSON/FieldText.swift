import Glibc
package import TraceModel

/// The text of a field: where it stands in the file, if it can be taken from there, or else as it was made of that.
///
/// What stands in a file is good for as long as the document that it is of.
package enum FieldText {
    case standing(UnsafeBufferPointer<UInt8>)
    case made(String)

    /// Nothing of an empty text.
    package init?(_ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        self = .made(text)
    }

    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch self {
        case .standing(let bytes): return body(bytes)
        case .made(var text): return text.withUTF8(body)
        }
    }

    package var string: String {
        switch self {
        case .standing(let bytes): String(decoding: bytes, as: UTF8.self)
        case .made(let text): text
        }
    }

    /// The first so many characters.
    func prefix(_ count: Int) -> String {
        withBytes { bytes in
            let head = bytes.prefix(count)
            let isPlain = head.allSatisfy { $0 < 0x80 } && (bytes.count <= count || bytes[count] < 0x80)
            return isPlain ? String(decoding: head, as: UTF8.self) : String(string.prefix(count))
        }
    }

    func hasPrefix(_ prefix: StaticString) -> Bool { withBytes { prefix.isStart(of: $0) } }

    static func == (text: FieldText, bytes: [UInt8]) -> Bool {
        text.withBytes { JSONCursor.equal($0, bytes) }
    }

    static func == (text: FieldText, other: StaticString) -> Bool {
        text.withBytes { JSONCursor.equal($0, other) }
    }
}

extension JSONView {
    /// As `text`; nothing of an empty one.
    var fieldText: FieldText? {
        guard isUTF8, let text = plainText ?? plainScalar else { return FieldText(text) }
        return text.isEmpty ? nil : .standing(text.assumingMemoryBound(to: UInt8.self))
    }

    /// As `filled`.
    var filledText: FieldText? { kind == .string ? fieldText : nil }

    /// The ids that hex digits are; nothing of anything else.
    var hexTraceID: TraceID? { filledText?.withBytes { TraceID(hex: $0) } }

    var hexSpanID: SpanID? { filledText?.withBytes { SpanID(hex: $0) } }
}

extension DerivedID.Words {
    package mutating func appendInterpolation(_ text: FieldText) {
        text.withBytes { take($0) }
    }

    /// The id of these words and one more, where many begin alike.
    func span(with text: FieldText) -> SpanID {
        var words = self
        words.appendInterpolation(text)
        return DerivedID.span(words)
    }
}

extension TranslatedSpan {
    mutating func set(_ key: String, _ text: FieldText?) {
        guard let text, let wish = attributes.wish(key) else { return }
        text.withBytes { attributes.append(wish, key, UnsafeRawBufferPointer($0)) }
    }
}
