package import TraceModel

/// A span's attributes as the protobuf that they are kept as: each is written once, when it is set.
package struct EncodedAttributes: Sendable, Equatable {
    /// The field of a span that attributes are.
    static let field = 9

    private(set) var writer = ProtobufWriter()
    /// Only what an index takes notice of is wanted, and titles only of spans that stand under none.
    var isBrief = false
    var isRoot = false

    package init() {}

    package static func == (left: EncodedAttributes, right: EncodedAttributes) -> Bool {
        left.writer.bytes == right.writer.bytes
    }

    package var isEmpty: Bool { count == 0 }

    /// Bytes that they take.
    var count: Int { writer.count }

    /// Whether an attribute of this key is wanted.
    @inline(__always)
    func takes(_ key: String) -> Bool {
        guard isBrief else { return true }
        var key = key
        return key.withUTF8 { wants(AttributeMeaning.Lookup.shared[$0]) }
    }

    /// Whether any attribute whose key begins so is.
    func takesAny(_ prefix: String) -> Bool { !isBrief || AttributeMeaning.Lookup.shared.knows(prefix: prefix) }

    /// The same of a key of two parts.
    @inline(__always)
    func takes(_ prefix: String, _ key: UnsafeRawBufferPointer) -> Bool {
        !isBrief || wants(AttributeMeaning.Lookup.shared[prefix, key])
    }

    @inline(__always)
    private func wants(_ known: AttributeMeaning.Ranked?) -> Bool {
        known.map { isRoot || $0.meaning != .title } ?? false
    }

    /// Adds an attribute that is wanted.
    package mutating func append(_ key: String, _ value: AttributeValue) {
        guard takes(key) else { return }
        if case .string(var text) = value {
            text.withUTF8 { append("", key, UnsafeRawBufferPointer($0)) }
        } else {
            OTLPProtobufWriter.write(Self.field, Attribute(key, value), &writer)
        }
    }

    /// Adds a text under a key that may be of two parts. Whoever has text or a number has asked whether it is wanted.
    mutating func append(_ prefix: String, _ key: String, _ text: UnsafeRawBufferPointer) {
        var key = key
        key.withUTF8 { append(prefix, UnsafeRawBufferPointer($0), text) }
    }

    mutating func append(_ prefix: String, _ key: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer) {
        let value = 1 + ProtobufWriter.Place.size(of: UInt64(text.count)) + text.count
        append(prefix, key, value: value) { place in
            place.byte(1 << 3 | 2)
            place.varint(UInt64(text.count))
            place.copy(text)
        }
    }

    mutating func append(_ prefix: String, _ key: UnsafeRawBufferPointer, _ number: Int64) {
        let number = UInt64(bitPattern: number)
        append(prefix, key, value: 1 + ProtobufWriter.Place.size(of: number)) { place in
            place.byte(3 << 3)
            place.varint(number)
        }
    }

    /// An attribute whose value takes so many bytes.
    @inline(__always)
    private mutating func append(
        _ prefix: String, _ key: UnsafeRawBufferPointer, value: Int, _ body: (inout ProtobufWriter.Place) -> Void
    ) {
        var prefix = prefix
        prefix.withUTF8 { prefix in
            let keyLength = UInt64(prefix.count + key.count)
            let length =
                1 + ProtobufWriter.Place.size(of: keyLength) + Int(keyLength)
                + 1 + ProtobufWriter.Place.size(of: UInt64(value)) + value
            writer.write(atMost: length + 11) { place in
                place.byte(UInt8(Self.field) << 3 | 2)
                place.varint(UInt64(length))
                place.byte(1 << 3 | 2)
                place.varint(keyLength)
                place.copy(UnsafeRawBufferPointer(prefix))
                place.copy(key)
                place.byte(2 << 3 | 2)
                place.varint(UInt64(value))
                body(&place)
            }
        }
    }

    // MARK: Looking back

    package func contains(_ keys: String...) -> Bool { contains(keys) }

    private func contains(_ keys: [String]) -> Bool {
        writer.withBytes { bytes in
            var reader = ProtobufReader(bytes)
            while let field = reader.next() { if Self.key(of: field, reader, isOneOf: keys) { return true } }
            return false
        }
    }

    package mutating func remove(_ keys: String...) {
        guard contains(keys) else { return }
        var kept = ProtobufWriter()
        writer.withBytes { bytes in
            var reader = ProtobufReader(bytes)
            var start = 0
            while let field = reader.next() {
                if !Self.key(of: field, reader, isOneOf: keys) {
                    kept.write(atMost: reader.at - start) { [at = reader.at] in
                        $0.copy(UnsafeRawBufferPointer(rebasing: bytes[start..<at]))
                    }
                }
                start = reader.at
            }
        }
        writer = kept
    }

    private static func key(
        of field: ProtobufReader.Field, _ reader: ProtobufReader, isOneOf keys: [String]
    ) -> Bool {
        var attribute = reader.message(field)
        guard let key = attribute.next() else { return false }
        return keys.contains { $0.utf8.elementsEqual(attribute.bytes(key)) }
    }

    /// What was set, taken apart again.
    package var decoded: [Attribute] {
        writer.withBytes { bytes in
            var reader = ProtobufReader(bytes)
            var attributes: [Attribute] = []
            while let field = reader.next() {
                attributes.append(OTLPProtobufDecoder.attribute(reader.message(field), depth: JSONText.depth))
            }
            return attributes
        }
    }
}
