/// The formats that are read, each by its content.
package enum TraceFormat: String, Sendable, CaseIterable {
    case otlpJSON = "otlp-json"
    case otlpJSONLines = "otlp-jsonl"
    case otlpProtobuf = "otlp-protobuf"
    case otlpProtobufDelimited = "otlp-protobuf-delimited"
    case otlpProtobufFramed = "otlp-protobuf-framed"
    case otlpProtobufGRPC = "otlp-protobuf-grpc"

    /// Lines stand for themselves, so that a file can be scanned from any line on, by several scanners at once.
    package var isLines: Bool { self == .otlpJSONLines }

    /// Whether spans are kept as JSON; otherwise as protobuf.
    package var isJSON: Bool { self == .otlpJSON || self == .otlpJSONLines }

    package func makeScanner() -> any TraceScanner {
        switch self {
        case .otlpJSON: OTLPJSONDocumentScanner()
        case .otlpJSONLines: OTLPJSONLinesScanner()
        case .otlpProtobuf: OTLPProtobufScanner(.message)
        case .otlpProtobufDelimited: OTLPProtobufScanner(.delimited)
        case .otlpProtobufFramed: OTLPProtobufScanner(.framed)
        case .otlpProtobufGRPC: OTLPProtobufScanner(.grpc)
        }
    }
}
