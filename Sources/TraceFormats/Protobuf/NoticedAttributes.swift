import TraceModel

/// What an index takes notice of in a span's attributes, in the order in which it was set.
struct NoticedAttributes: Sendable {
    private static let number: UInt8 = 0x80

    /// Of each its meaning and rank, then a number's eight bytes, or a text behind its length.
    private var writer = ProtobufWriter()

    @inline(__always)
    mutating func append(_ known: AttributeMeaning.Ranked, _ text: UnsafeRawBufferPointer) {
        writer.write(atMost: 6 + text.count) { place in
            place.byte(known.meaning.rawValue)
            place.byte(known.rank)
            place.store(UInt32(text.count))
            place.copy(text)
        }
    }

    @inline(__always)
    mutating func append(_ known: AttributeMeaning.Ranked, _ number: Double) {
        writer.write(atMost: 10) { place in
            place.byte(known.meaning.rawValue | Self.number)
            place.byte(known.rank)
            place.store(number.bitPattern)
        }
    }

    /// Hands them to a draft, whose texts stay in place for as long as `body` runs.
    @inline(__always)
    func take(into draft: inout SpanDraft, _ body: (inout SpanDraft) -> Void) {
        writer.withBytes { bytes in
            var at = 0
            while at < bytes.count, let meaning = AttributeMeaning(rawValue: bytes[at] & ~Self.number) {
                let isNumber = bytes[at] & Self.number != 0
                let known = AttributeMeaning.Ranked(meaning: meaning, rank: bytes[at + 1])
                at += 2
                if isNumber {
                    let bits = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                    draft.take(Double(bitPattern: bits), known)
                    at += 8
                } else {
                    let end = at + 4 + Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
                    let text = UnsafeRawBufferPointer(rebasing: bytes[(at + 4)..<end])
                    draft.take(text.assumingMemoryBound(to: UInt8.self), known)
                    at = end
                }
            }
            body(&draft)
        }
    }
}
