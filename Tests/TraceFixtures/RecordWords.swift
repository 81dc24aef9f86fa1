import TraceFormats
import TraceModel

/// The text of a record, in which a search looks first, before it is made into spans.
struct RecordWords {
    private let record: String

    init(_ record: String) {
        self.record = record.lowercased()
    }

    /// Every word of a span stands in its record, or is one that translators say.
    func check(_ body: SpanBody) throws {
        guard !record.contains(#"\u00"#) else { return }
        for attribute in body.attributes { try check(attribute) }
        try check(body.statusMessage)
        for event in body.events {
            try check(event.name)
            for attribute in event.attributes { try check(attribute) }
        }
        for link in body.links { for attribute in link.attributes { try check(attribute) } }
    }

    private func check(_ attribute: Attribute) throws {
        try check(attribute.key)
        try check(attribute.value)
    }

    private func check(_ value: AttributeValue) throws {
        switch value {
        case .string(let text): try check(text)
        case .array(let values): for value in values { try check(value) }
        case .map(let attributes): for attribute in attributes { try check(attribute) }
        default: break
        }
    }

    private func check(_ text: String) throws {
        let isWord = { (byte: UInt8) in
            byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || (48...57).contains(byte))
        }
        for word in text.utf8.split(whereSeparator: { !isWord($0) }) where !TranslatedWords.contain(word) {
            guard record.contains(String(decoding: word, as: UTF8.self).lowercased()) else {
                throw Translation.Fault.wordNotInRecord(String(decoding: word, as: UTF8.self))
            }
        }
    }
}
