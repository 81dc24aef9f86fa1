/// The formats that are read, each by its content.
package enum TraceFormat: String, Sendable, CaseIterable {
    case otlpJSON = "otlp-json"
    case otlpJSONLines = "otlp-jsonl"
    case otlpProtobuf = "otlp-protobuf"
    case otlpProtobufDelimited = "otlp-protobuf-delimited"
    case otlpProtobufFramed = "otlp-protobuf-framed"

    /// Lines stand for themselves, so that a file can be scanned from any line on, by several scanners at once.
    package var isLines: Bool { self == .otlpJSONLines }
}
