import Glibc

/// Writes protobuf's wire format onto the end of bytes. What is zero or empty is left out, as proto3 has it.
struct ProtobufWriter: Sendable {
    /// What is written, and room behind it.
    private var storage: [UInt8] = []
    private(set) var count = 0

    var bytes: [UInt8] { Array(storage[..<count]) }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    mutating func reserve(_ size: Int) {
        guard storage.count < size else { return }
        storage = withBytes { bytes in
            Array(unsafeUninitializedCapacity: size) { room, initialized in
                let room = UnsafeMutableRawBufferPointer(room)
                room.copyMemory(from: bytes)
                UnsafeMutableRawBufferPointer(rebasing: room[bytes.count...]).initializeMemory(
                    as: UInt8.self, repeating: 0)
                initialized = size
            }
        }
    }

    mutating func varint(_ value: UInt64) {
        write(atMost: 10) { $0.varint(value) }
    }

    mutating func number(_ field: Int, _ value: UInt64, always: Bool = false) {
        guard value != 0 || always else { return }
        write(atMost: 20) { place in
            place.varint(UInt64(field) << 3)
            place.varint(value)
        }
    }

    mutating func fixed64(_ field: Int, _ value: UInt64, always: Bool = false) {
        guard value != 0 || always else { return }
        write(atMost: 18) { place in
            place.varint(UInt64(field) << 3 | 1)
            place.store(value.littleEndian)
        }
    }

    mutating func fixed32(_ field: Int, _ value: UInt32) {
        guard value != 0 else { return }
        write(atMost: 14) { place in
            place.varint(UInt64(field) << 3 | 5)
            place.store(value.littleEndian)
        }
    }

    mutating func data(_ field: Int, _ value: UnsafeRawBufferPointer, always: Bool = false) {
        guard !value.isEmpty || always else { return }
        write(atMost: 20 + value.count) { place in
            place.varint(UInt64(field) << 3 | 2)
            place.varint(UInt64(value.count))
            place.copy(value)
        }
    }

    mutating func string(_ field: Int, _ value: String, always: Bool = false) {
        var value = value
        value.withUTF8 { data(field, UnsafeRawBufferPointer($0), always: always) }
    }

    /// The 8 bytes of an id.
    mutating func id(_ field: Int, _ id: UInt64) {
        write(atMost: 28) { place in
            place.varint(UInt64(field) << 3 | 2)
            place.varint(8)
            place.store(id.bigEndian)
        }
    }

    /// The 16 bytes of an id.
    mutating func id(_ field: Int, _ high: UInt64, _ low: UInt64) {
        write(atMost: 36) { place in
            place.varint(UInt64(field) << 3 | 2)
            place.varint(16)
            place.store(high.bigEndian)
            place.store(low.bigEndian)
        }
    }

    mutating func append(_ attributes: EncodedAttributes) {
        attributes.writer.withBytes { bytes in write(atMost: bytes.count) { $0.copy(bytes) } }
    }

    @inline(__always)
    mutating func message(_ field: Int, _ body: (inout ProtobufWriter) -> Void) {
        varint(UInt64(field) << 3 | 2)
        delimited(body)
    }

    /// What `body` writes, behind its length.
    @inline(__always)
    mutating func delimited(_ body: (inout ProtobufWriter) -> Void) {
        // The length goes in front once it is known; most are a byte or two.
        let start = count
        write(atMost: 1) { $0.varint(0) }
        body(&self)
        let length = count - start - 1
        let wider = Place.size(of: UInt64(length)) - 1
        reserve(count + wider)
        storage.withUnsafeMutableBytes { bytes in
            guard let front = bytes.baseAddress.map({ $0 + start }) else { return }
            if wider > 0 { memmove(front + 1 + wider, front + 1, length) }
            var place = Place(at: front)
            place.varint(UInt64(length))
        }
        count += wider
    }

    /// Calls `body` with the place behind what is written, where there is room for so many bytes.
    @inline(__always)
    mutating func write(atMost most: Int, _ body: (inout Place) -> Void) {
        if storage.count - count < most { reserve(max(2 * storage.count, count + most, 256)) }
        count = storage.withUnsafeMutableBytes { bytes in
            var place = Place(at: bytes.baseAddress! + count)
            body(&place)
            return place.at - bytes.baseAddress!
        }
    }

    /// Where the next byte is written; whoever has it knows that there is room.
    struct Place {
        fileprivate(set) var at: UnsafeMutableRawPointer

        fileprivate init(at: UnsafeMutableRawPointer) {
            self.at = at
        }

        @inline(__always)
        mutating func varint(_ value: UInt64) {
            var value = value
            while value >= 0x80 {
                byte(UInt8(truncatingIfNeeded: value) | 0x80)
                value >>= 7
            }
            byte(UInt8(value))
        }

        @inline(__always)
        mutating func byte(_ value: UInt8) {
            at.storeBytes(of: value, as: UInt8.self)
            at += 1
        }

        @inline(__always)
        mutating func store<Number: FixedWidthInteger>(_ number: Number) {
            at.storeBytes(of: number, as: Number.self)
            at += MemoryLayout<Number>.size
        }

        @inline(__always)
        mutating func copy(_ bytes: UnsafeRawBufferPointer) {
            guard let start = bytes.baseAddress else { return }
            at.copyMemory(from: start, byteCount: bytes.count)
            at += bytes.count
        }

        /// Bytes that a number takes.
        @inline(__always)
        static func size(of value: UInt64) -> Int {
            (70 - (value | 1).leadingZeroBitCount) / 7
        }
    }
}
