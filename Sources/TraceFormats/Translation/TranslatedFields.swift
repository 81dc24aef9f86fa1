import TraceModel

/// Fields of our own in the spans that translations are kept as, beyond those that OTLP has or will ever have.
enum TranslatedFields {
    static let isPiece = 10_001
    /// Two numbers a record: where it begins in the translated file, and its length.
    static let origins = 10_002

    /// A span as it is kept: a message of its own, so that the same file always gives the same bytes.
    static func write(_ span: TranslatedSpan, onto writer: inout ProtobufWriter) {
        group(&writer) { writer in
            writer.message(1) { writer in
                if let service = span.service {
                    OTLPProtobufWriter.write(1, Attribute("service.name", .string(service)), &writer)
                }
                OTLPProtobufWriter.write(span.body.resource, &writer)
            }
            writer.message(2) { writer in
                writer.message(2) { writer in
                    OTLPProtobufWriter.write(span.body, further: span.attributes, &writer)
                    writer.number(isPiece, span.isPiece ? 1 : 0)
                    writer.message(origins) { writer in
                        for origin in span.origins {
                            writer.varint(origin.offset)
                            writer.varint(UInt64(origin.length))
                        }
                    }
                }
            }
        }
    }

    static func write(_ log: LogRecord, onto writer: inout ProtobufWriter) {
        group(&writer) { writer in
            writer.message(2) { writer in writer.message(2) { OTLPProtobufWriter.write(log, &$0) } }
        }
    }

    /// The records that a kept span was made of.
    static func origins(of span: UnsafeRawBufferPointer) -> [ByteRange] {
        var reader = ProtobufReader(span)
        var origins: [ByteRange] = []
        while let field = reader.next() {
            guard field.number == self.origins, field.wire == .bytes else { continue }
            var numbers = reader.message(field)
            while let offset = numbers.varint(), let length = numbers.varint() {
                origins.append(ByteRange(offset: offset, length: UInt32(clamping: length)))
            }
        }
        return origins
    }

    /// The message of one group, behind its length.
    private static func group(_ writer: inout ProtobufWriter, _ body: (inout ProtobufWriter) -> Void) {
        writer.delimited { $0.message(1, body) }
    }
}
