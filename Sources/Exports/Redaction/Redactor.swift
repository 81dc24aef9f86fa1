import TraceFormats
package import TraceModel

/// Puts stand-ins as `[email-1]` in the place of addresses, numbers, keys and secrets; the same value has the same stand-in
/// for as long as the redactor lives.
///
/// A class, since everything that is written in one run shares its numbers.
package final class Redactor {
    private var numbers: [SensitiveKind: [String: Int]] = [:]
    private let extra: [ExtraPattern]

    /// `extra` are texts, or with `*` and `?` words, that are left out besides.
    package init(extra: [String] = []) {
        self.extra = extra.compactMap { ExtraPattern($0) }
    }

    /// How many different values have a stand-in so far.
    package var count: Int { numbers.values.reduce(0) { $0 + $1.count } }

    package func text(_ text: String) -> String {
        var text = text
        for pattern in extra {
            let pieces = text.withUTF8 { pattern.pieces(in: $0) }
            if !pieces.isEmpty { text = text.withUTF8 { replace(pieces, in: $0) } }
        }
        let pieces = text.withUTF8 { bytes in
            var scanner = SensitiveScanner(bytes)
            var pieces: [SensitivePiece] = []
            while let piece = scanner.next() { pieces.append(piece) }
            return pieces
        }
        return pieces.isEmpty ? text : text.withUTF8 { replace(pieces, in: $0) }
    }

    private func replace(_ pieces: [SensitivePiece], in text: UnsafeBufferPointer<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var at = 0
        for piece in pieces {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[at..<piece.range.lowerBound]))
            bytes.append(contentsOf: standIn(UnsafeBufferPointer(rebasing: text[piece.range]), piece.kind).utf8)
            at = piece.range.upperBound
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[at...]))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One value in several spellings is one value: numbers by their digits, mail in any case.
    private func standIn(_ text: UnsafeBufferPointer<UInt8>, _ kind: SensitiveKind) -> String {
        let value: String
        switch kind {
        case .phone, .card: value = String(decoding: text.filter { SensitiveScanner.isDigit($0) }, as: UTF8.self)
        case .email: value = String(decoding: text, as: UTF8.self).lowercased()
        case .key, .secret, .ip, .redacted: value = String(decoding: text, as: UTF8.self)
        }
        let next = (numbers[kind]?.count ?? 0) + 1
        let number = numbers[kind, default: [:]][value] ?? next
        numbers[kind, default: [:]][value] = number
        return "[\(kind.rawValue)-\(number)]"
    }

    // MARK: Values

    /// Every text within a value, the keys of maps and JSON in strings among them.
    package func value(_ value: AttributeValue) -> AttributeValue {
        switch value {
        case .string(let text): .string(string(text))
        case .int(let number): self.number(number)
        case .array(let elements): .array(elements.map { self.value($0) })
        case .map(let attributes): .map(self.attributes(attributes))
        case .empty, .bool, .double, .bytes: value
        }
    }

    package func attributes(_ attributes: [Attribute]) -> [Attribute] {
        attributes.map { attribute in
            if [SpanVocabulary.traceID, SpanVocabulary.spanID].contains(attribute.key),
                case .string(let id) = attribute.value
            {
                return Attribute(attribute.key, .string(self.id(id)))
            }
            if case .string(let text) = attribute.value, let found = secret(text, under: attribute.key) {
                return Attribute(attribute.key, .string(found))
            }
            return Attribute(text(attribute.key), value(attribute.value))
        }
    }

    /// A word by which things are found again stays, unless it is somebody's address.
    package func id(_ id: String) -> String {
        id.utf8.allSatisfy { SensitiveScanner.isToken($0) } ? id : text(id)
    }

    /// JSON is taken apart, so that its keys tell what their values are and it stays JSON.
    private func string(_ text: String) -> String {
        guard let inner = JSONText.container(text) else { return self.text(text) }
        let redacted = value(inner)
        guard redacted != inner else { return text }
        var writer = JSONWriter()
        writer.value(redacted)
        return writer.text
    }

    /// A number as long as a card's is looked at as text.
    private func number(_ number: Int64) -> AttributeValue {
        guard number >= 1_000_000_000_000 else { return .int(number) }
        let digits = "\(number)"
        let redacted = text(digits)
        return redacted == digits ? .int(number) : .string(redacted)
    }

    /// The stand-in of a value whose key says that it is a secret.
    private func secret(_ text: String, under key: String) -> String? {
        var key = key
        var text = text
        let name = key.withUTF8 { bytes in
            let start = bytes.lastIndex { !SensitiveScanner.isWord($0) }.map { $0 + 1 } ?? 0
            return SensitiveScanner.strength(
                of: UnsafeBufferPointer(rebasing: bytes[start...]), before: start > 0 ? bytes[start - 1] : 0)
        }
        guard let name else { return nil }
        return text.withUTF8 { bytes in
            guard !bytes.contains(where: { $0 <= 0x20 }), SensitiveScanner(bytes).isSecret(name) else { return nil }
            return standIn(bytes, .secret)
        }
    }
}
