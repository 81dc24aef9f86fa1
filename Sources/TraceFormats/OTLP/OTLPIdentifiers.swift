import TraceModel

/// Ids as OTLP's JSON has them: hex, and from some writers base64.
enum OTLPIdentifiers {
    @inline(__always)
    static func traceID(_ text: UnsafeBufferPointer<UInt8>) -> TraceID? {
        if text.count == 22 || text.count == 24, let bytes = JSONText.base64(text), bytes.count == 16 {
            return TraceID(high: number(bytes[..<8]), low: number(bytes[8...]))
        }
        return TraceID(hex: text)
    }

    @inline(__always)
    static func spanID(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
        if text.count == 11 || text.count == 12, let bytes = JSONText.base64(text), bytes.count == 8 {
            return number(bytes[...])
        }
        return text.isEmpty ? 0 : SpanID(hex: text)?.value
    }

    static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
