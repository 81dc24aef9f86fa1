package import TraceModel

/// A span's attributes as the protobuf that they are kept as: each is written once, when it is set. Or, of a span that is
/// made for an index alone, what that takes notice of.
package struct EncodedAttributes: Sendable, Equatable {
    /// The field of a span that attributes are.
    static let field = 9

    private(set) var writer = ProtobufWriter()
    private var noticed: NoticedAttributes?
    /// Titles are noticed only of spans that stand under none.
    private var isRoot = false

    package init() {}

    /// For an index alone.
    init(noticedOfRoot isRoot: Bool) {
        noticed = NoticedAttributes()
        self.isRoot = isRoot
    }

    package static func == (left: EncodedAttributes, right: EncodedAttributes) -> Bool {
        left.writer.bytes == right.writer.bytes
    }

    package var isEmpty: Bool { count == 0 }

    /// Bytes that they take.
    var count: Int { writer.count }

    /// Only what an index takes notice of is wanted.
    var isBrief: Bool { noticed != nil }

    /// That an attribute is wanted, and what an index knows of it.
    enum Wish {
        case whole
        case noticed(AttributeMeaning.Ranked)
    }

    /// Nothing of a key that is not wanted.
    @inline(__always)
    func wish(_ key: String) -> Wish? {
        guard isBrief else { return .whole }
        var key = key
        return key.withUTF8 { wish(AttributeMeaning.Lookup.shared[$0]) }
    }

    /// The same of a key of two parts.
    @inline(__always)
    func wish(_ prefix: String, _ key: UnsafeRawBufferPointer) -> Wish? {
        isBrief ? wish(AttributeMeaning.Lookup.shared[prefix, key]) : .whole
    }

    @inline(__always)
    private func wish(_ known: AttributeMeaning.Ranked?) -> Wish? {
        guard let known else { return nil }
        if case .title = known.meaning, !isRoot { return nil }
        return .noticed(known)
    }

    /// Whether any attribute whose key begins so is wanted.
    func takesAny(_ prefix: String) -> Bool { !isBrief || AttributeMeaning.Lookup.shared.knows(prefix: prefix) }

    package mutating func append(_ key: String, _ value: AttributeValue) {
        guard let wish = wish(key) else { return }
        switch (wish, value) {
        case (_, .string(var text)): text.withUTF8 { append(wish, key, UnsafeRawBufferPointer($0)) }
        case (.whole, _): OTLPProtobufWriter.write(Self.field, Attribute(key, value), &writer)
        case (.noticed(let known), .int(let number)): noticed?.append(known, Double(number))
        case (.noticed(let known), .double(let number)): noticed?.append(known, number)
        case (.noticed(let known), .bool(let isTrue)): noticed?.append(known, isTrue ? 1 : 0)
        case (.noticed, _): break
        }
    }

    @inline(__always)
    mutating func append(_ wish: Wish, _ key: String, _ text: UnsafeRawBufferPointer) {
        var key = key
        key.withUTF8 { append(wish, "", UnsafeRawBufferPointer($0), text) }
    }

    @inline(__always)
    mutating func append(_ wish: Wish, _ prefix: String, _ key: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer)
    {
        switch wish {
        case .noticed(let known): noticed?.append(known, text)
        case .whole: write(prefix, key, text)
        }
    }

    @inline(__always)
    mutating func append(_ wish: Wish, _ prefix: String, _ key: UnsafeRawBufferPointer, _ number: Int64) {
        switch wish {
        case .noticed(let known): noticed?.append(known, Double(number))
        case .whole: write(prefix, key, number)
        }
    }

    private mutating func write(_ prefix: String, _ key: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer) {
        let value = 1 + ProtobufWriter.Place.size(of: UInt64(text.count)) + text.count
        write(prefix, key, value: value) { place in
            place.byte(1 << 3 | 2)
            place.varint(UInt64(text.count))
            place.copy(text)
        }
    }

    private mutating func write(_ prefix: String, _ key: UnsafeRawBufferPointer, _ number: Int64) {
        let number = UInt64(bitPattern: number)
        write(prefix, key, value: 1 + ProtobufWriter.Place.size(of: number)) { place in
            place.byte(3 << 3)
            place.varint(number)
        }
    }

    /// An attribute whose value takes so many bytes.
    @inline(__always)
    private mutating func write(
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

    /// Hands what is noticed to a draft, whose texts stay in place for as long as `body` runs.
    @inline(__always)
    func take(into draft: inout SpanDraft, _ body: (inout SpanDraft) -> Void) {
        noticed?.take(into: &draft, body)
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
