package import TraceFormats
package import TraceModel

/// Encodes batches so that what they give, one after the other, is a file of a format.
package struct TraceEncoder: Sendable {
    /// Before the first batch and after the last.
    package let head: [UInt8]
    package let tail: [UInt8]

    private let format: TraceFormat

    package init(_ format: TraceFormat) {
        self.format = format
        head = format == .otlpJSON ? Array(Self.opening) : []
        tail = format == .otlpJSON ? Array(Self.closing) + [10] : []
    }

    /// A document is one array that all batches are in: batches of it but the first begin with a comma.
    package func encode(_ spans: [SpanBody], isFirst: Bool) -> [UInt8] {
        switch format {
        case .otlpJSON:
            let document = OTLPJSONWriter.document(spans)
            let inner = document.dropFirst(Self.opening.count).dropLast(Self.closing.count)
            return (isFirst ? [] : [UInt8(ascii: ",")]) + inner
        case .otlpJSONLines: return OTLPJSONWriter.line(spans)
        // Messages in a row are one message, as protobuf has it.
        case .otlpProtobuf: return OTLPProtobufWriter.message(spans)
        case .otlpProtobufDelimited: return OTLPProtobufWriter.delimited(spans)
        case .otlpProtobufFramed: return OTLPProtobufWriter.framed(spans)
        case .otlpProtobufGRPC: return [0] + OTLPProtobufWriter.framed(spans)
        }
    }

    private static let opening = #"{"resourceSpans":["#.utf8
    private static let closing = "]}".utf8
}
