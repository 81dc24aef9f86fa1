/// Reads protobuf's wire format from bytes in memory, field by field, allocating nothing.
struct ProtobufReader {
    enum Wire: UInt8 {
        case varint = 0
        case fixed64 = 1
        case bytes = 2
        case fixed32 = 5
    }

    /// A field: its number, and its value as a number or as the stretch of bytes that it is.
    struct Field {
        var number: Int
        var wire: Wire
        var value: UInt64 = 0
        var range: Range<Int> = 0..<0
    }

    let base: UnsafeRawPointer
    private(set) var at: Int
    let end: Int
    /// The bytes ended, or made no sense, before the fields did.
    private(set) var isBroken = false

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>? = nil) {
        base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
        at = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    /// A reader of the message that a field is.
    func message(_ field: Field) -> ProtobufReader {
        ProtobufReader(UnsafeRawBufferPointer(start: base, count: field.range.upperBound), field.range)
    }

    func bytes(_ field: Field) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: (base + field.range.lowerBound).assumingMemoryBound(to: UInt8.self), count: field.range.count)
    }

    func string(_ field: Field) -> String { String(decoding: bytes(field), as: UTF8.self) }

    @inline(__always)
    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while at < end, shift < 70 {
            let byte = base.load(fromByteOffset: at, as: UInt8.self)
            at += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    /// The next field; nothing at the end, or where the bytes make no sense, which `isBroken` tells.
    @inline(__always)
    mutating func next() -> Field? {
        guard at < end else { return nil }
        guard let tag = varint(), tag >> 3 > 0, tag >> 3 < 1 << 29, let wire = Wire(rawValue: UInt8(tag & 7)) else {
            return fail()
        }
        var field = Field(number: Int(tag >> 3), wire: wire)
        switch wire {
        case .varint:
            guard let value = varint() else { return fail() }
            field.value = value
        case .fixed64:
            guard end - at >= 8 else { return fail() }
            field.value = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        case .fixed32:
            guard end - at >= 4 else { return fail() }
            field.value = UInt64(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
            at += 4
        case .bytes:
            guard let length = varint(), length <= UInt64(end - at) else { return fail() }
            field.range = at..<at + Int(length)
            at += Int(length)
        }
        return field
    }

    private mutating func fail() -> Field? {
        isBroken = true
        return nil
    }
}
