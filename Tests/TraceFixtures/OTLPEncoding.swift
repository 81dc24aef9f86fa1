package import TraceFormats
package import TraceModel

/// The ways in which OTLP lies in files.
package enum OTLPEncoding: String, CaseIterable, Sendable {
    case document, pretty, lines, message, delimited, framed, grpc

    package var format: TraceFormat {
        switch self {
        case .document, .pretty: .otlpJSON
        case .lines: .otlpJSONLines
        case .message: .otlpProtobuf
        case .delimited: .otlpProtobufDelimited
        case .framed: .otlpProtobufFramed
        case .grpc: .otlpProtobufGRPC
        }
    }

    /// A file of these exports: a line or message for each, or all in one where the encoding knows but one.
    package func file(_ exports: [[SpanBody]]) -> [UInt8] {
        switch self {
        case .document: OTLPJSONWriter.document(exports.flatMap { $0 })
        case .pretty: Self.indented(OTLPJSONWriter.document(exports.flatMap { $0 }))
        case .lines: exports.flatMap { OTLPJSONWriter.line($0) }
        case .message: exports.flatMap { OTLPProtobufWriter.message($0) }
        case .delimited: exports.flatMap { OTLPProtobufWriter.delimited($0) }
        case .framed: exports.flatMap { OTLPProtobufWriter.framed($0) }
        case .grpc: exports.flatMap { [0] + OTLPProtobufWriter.framed($0) }
        }
    }

    /// The same JSON, with each value on a line of its own.
    private static func indented(_ json: [UInt8]) -> [UInt8] {
        var pretty: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        func breakLine() {
            pretty.append(10)
            pretty.append(contentsOf: repeatElement(0x20, count: 2 * depth))
        }
        for byte in json {
            if isInString {
                pretty.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInString = false
                }
                continue
            }
            switch byte {
            case 0x7B, 0x5B:
                pretty.append(byte)
                depth += 1
                breakLine()
            case 0x7D, 0x5D:
                depth -= 1
                breakLine()
                pretty.append(byte)
            case 0x2C:
                pretty.append(byte)
                breakLine()
            case 0x3A: pretty.append(contentsOf: [0x20, 0x3A, 0x20])
            default:
                isInString = byte == 0x22
                pretty.append(byte)
            }
        }
        return pretty + [10]
    }
}
