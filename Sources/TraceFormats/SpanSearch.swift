package import TraceModel

/// Looks for text in the bytes of spans and logs: in their names, keys, values, messages and ids.
package struct SpanSearch {
    private let needle: SearchText
    private let indexer = JSONIndexer()

    package init(_ needle: SearchText) {
        self.needle = needle
    }

    package func matches(_ bytes: UnsafeRawBufferPointer, _ format: TraceFormat) -> Bool {
        format.isJSON ? matchesJSON(bytes) : matchesProtobuf(ProtobufReader(bytes), depth: 40)
    }

    /// Every string and number counts, but for the keys, which are OTLP's own, and times.
    private func matchesJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
        indexer.withCursor(on: bytes) { cursor, _ in
            var token = 0
            while token < cursor.count {
                let byte = cursor.byte(token)
                if byte == UInt8(ascii: "\"") {
                    if cursor.byte(token + 1) == UInt8(ascii: ":") {
                        let key = cursor.stringBytes(token)
                        token +=
                            key.count > 8 && key.last == UInt8(ascii: "o") && key.contains(UInt8(ascii: "N")) ? 3 : 2
                        continue
                    }
                    let text = cursor.stringBytes(token)
                    if text.contains(UInt8(ascii: "\\")) {
                        if needle.matches(JSONText.unescape(text)) { return true }
                    } else if needle.matches(text) {
                        return true
                    }
                } else if byte == UInt8(ascii: "-") || (48...57).contains(byte),
                    needle.matches(cursor.scalarBytes(token))
                {
                    return true
                }
                token += 1
            }
            return false
        }
    }

    /// Without knowing the fields: a stretch of bytes is looked at as text, and as a message where it can be one.
    private func matchesProtobuf(_ message: ProtobufReader, depth: Int) -> Bool {
        var reader = message
        while let field = reader.next() {
            switch field.wire {
            case .bytes:
                let bytes = reader.bytes(field)
                if needle.matches(bytes) { return true }
                if bytes.count == 16, needle.matches("\(OTLPProtobufDecoder.traceID(bytes))") { return true }
                if bytes.count == 8, needle.matches("\(SpanID(OTLPProtobufDecoder.spanID(bytes)))") { return true }
                if depth > 0, matchesProtobuf(reader.message(field), depth: depth - 1) { return true }
            case .varint: if needle.matches("\(Int64(bitPattern: field.value))") { return true }
            case .fixed64, .fixed32: break
            }
        }
        return false
    }
}
