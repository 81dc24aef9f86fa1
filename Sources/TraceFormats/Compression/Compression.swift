/// How a file is packed, by its first bytes.
package enum Compression: String, Sendable {
    case none, gzip, zlib, zstd

    package static func recognise(_ head: UnsafeRawBufferPointer) -> Compression {
        guard head.count >= 4 else { return .none }
        if head[0] == 0x1F, head[1] == 0x8B { return .gzip }
        if head[0] == 0x28, head[1] == 0xB5, head[2] == 0x2F, head[3] == 0xFD { return .zstd }
        // A skippable frame may come first.
        if head[0] & 0xF0 == 0x50, head[1] == 0x2A, head[2] == 0x4D, head[3] == 0x18 { return .zstd }
        // zlib's two bytes are a multiple of 31, and the method is always 8.
        if head[0] & 0x8F == 0x08, (UInt16(head[0]) << 8 | UInt16(head[1])) % 31 == 0, head[1] & 0x20 == 0 {
            return .zlib
        }
        return .none
    }
}
