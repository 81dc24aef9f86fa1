package import TraceModel

/// Writes spans as OTLP protobuf. Spans in a row with the same resource and scope share them.
package enum OTLPProtobufWriter {
    package static func message(_ spans: [SpanBody]) -> [UInt8] {
        var writer = ProtobufWriter()
        for group in SpanGroups.byResource(spans) {
            writer.message(1) { writer in
                writer.message(1) { write(group[0].resource, &$0) }
                for spans in SpanGroups.byScope(group) {
                    writer.message(2) { writer in
                        writer.message(1) { write(spans[0].scope, &$0) }
                        for span in spans { writer.message(2) { write(span, &$0) } }
                    }
                }
            }
        }
        return writer.bytes
    }

    /// Behind its length as a varint.
    package static func delimited(_ spans: [SpanBody]) -> [UInt8] {
        let message = message(spans)
        var writer = ProtobufWriter()
        writer.varint(UInt64(message.count))
        return writer.bytes + message
    }

    /// Behind its length as four bytes, the highest first.
    package static func framed(_ spans: [SpanBody]) -> [UInt8] {
        let message = message(spans)
        return withUnsafeBytes(of: UInt32(message.count).bigEndian) { Array($0) } + message
    }

    private static func write(_ scope: Scope, _ writer: inout ProtobufWriter) {
        writer.string(1, scope.name)
        writer.string(2, scope.version)
        for attribute in scope.attributes { write(3, attribute, &writer) }
        writer.number(4, UInt64(scope.droppedAttributes))
    }

    static func write(_ resource: Resource, _ writer: inout ProtobufWriter) {
        for attribute in resource.attributes { write(1, attribute, &writer) }
        writer.number(2, UInt64(resource.droppedAttributes))
    }

    static func write(_ log: LogRecord, _ writer: inout ProtobufWriter) {
        writer.fixed64(1, UInt64(bitPattern: log.time), always: true)
        writer.number(2, UInt64(clamping: log.severityNumber))
        writer.string(3, log.severityText)
        if log.body != .empty { writer.message(5) { write(log.body, &$0) } }
        for attribute in log.attributes { write(6, attribute, &writer) }
        writer.id(9, log.traceID.high, log.traceID.low)
        if !log.spanID.isZero { writer.id(10, log.spanID.value) }
        writer.string(12, log.eventName)
    }

    /// `further` are attributes that are written already, and come behind the span's own.
    static func write(_ span: SpanBody, further: EncodedAttributes? = nil, _ writer: inout ProtobufWriter) {
        writer.id(1, span.traceID.high, span.traceID.low)
        writer.id(2, span.spanID.value)
        writer.string(3, span.traceState)
        if !span.parentID.isZero { writer.id(4, span.parentID.value) }
        writer.string(5, span.name)
        writer.number(6, UInt64(span.kind.rawValue))
        writer.fixed64(7, UInt64(bitPattern: span.start))
        writer.fixed64(8, UInt64(bitPattern: span.end))
        for attribute in span.attributes { write(EncodedAttributes.field, attribute, &writer) }
        if let further { writer.append(further) }
        writer.number(10, UInt64(span.droppedAttributes))
        for event in span.events {
            writer.message(11) { writer in
                writer.fixed64(1, UInt64(bitPattern: event.time))
                writer.string(2, event.name)
                for attribute in event.attributes { write(3, attribute, &writer) }
                writer.number(4, UInt64(event.droppedAttributes))
            }
        }
        writer.number(12, UInt64(span.droppedEvents))
        for link in span.links {
            writer.message(13) { writer in
                writer.id(1, link.traceID.high, link.traceID.low)
                writer.id(2, link.spanID.value)
                writer.string(3, link.traceState)
                for attribute in link.attributes { write(4, attribute, &writer) }
                writer.number(5, UInt64(link.droppedAttributes))
                writer.fixed32(6, link.flags)
            }
        }
        writer.number(14, UInt64(span.droppedLinks))
        writer.message(15) { writer in
            writer.string(2, span.statusMessage)
            writer.number(3, UInt64(span.status.rawValue))
        }
        writer.fixed32(16, span.flags)
    }

    static func write(_ field: Int, _ attribute: Attribute, _ writer: inout ProtobufWriter) {
        writer.message(field) { writer in
            writer.string(1, attribute.key)
            writer.message(2) { write(attribute.value, &$0) }
        }
    }

    private static func write(_ value: AttributeValue, _ writer: inout ProtobufWriter) {
        switch value {
        case .empty: break
        case .string(let string): writer.string(1, string, always: true)
        case .bool(let bool): writer.number(2, bool ? 1 : 0, always: true)
        case .int(let int): writer.number(3, UInt64(bitPattern: int), always: true)
        case .double(let double): writer.fixed64(4, double.bitPattern, always: true)
        case .array(let elements):
            writer.message(5) { writer in
                for element in elements { writer.message(1) { write(element, &$0) } }
            }
        case .map(let attributes):
            writer.message(6) { writer in for attribute in attributes { write(1, attribute, &writer) } }
        case .bytes(let bytes): bytes.withUnsafeBytes { writer.data(7, $0, always: true) }
        }
    }
}
