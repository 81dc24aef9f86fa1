import TraceModel

/// Reads OTLP's protobuf messages in full. Field numbers are those of opentelemetry-proto.
enum OTLPProtobufDecoder {
    static func traceID(_ bytes: UnsafeBufferPointer<UInt8>) -> TraceID {
        guard bytes.count == 16 else { return TraceID(high: 0, low: 0) }
        let raw = UnsafeRawBufferPointer(bytes)
        return TraceID(
            high: raw.loadUnaligned(as: UInt64.self).bigEndian,
            low: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self).bigEndian)
    }

    static func spanID(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard bytes.count == 8 else { return 0 }
        return UnsafeRawBufferPointer(bytes).loadUnaligned(as: UInt64.self).bigEndian
    }

    static func status(_ message: ProtobufReader) -> (code: SpanStatus, message: String) {
        var status = (code: SpanStatus.unset, message: "")
        var reader = message
        while let field = reader.next() {
            if field.number == 2, field.wire == .bytes { status.message = reader.string(field) }
            if field.number == 3 { status.code = SpanStatus(rawValue: UInt8(clamping: field.value)) ?? .unset }
        }
        return status
    }

    static func attribute(_ message: ProtobufReader, depth: Int) -> Attribute {
        var attribute = Attribute("", .empty)
        var reader = message
        while let field = reader.next() {
            if field.number == 1, field.wire == .bytes { attribute.key = reader.string(field) }
            if field.number == 2, field.wire == .bytes {
                attribute.value = value(reader.message(field), depth: depth)
            }
        }
        return attribute
    }

    /// An `AnyValue`. Deeper than `depth` its bytes stand for it.
    static func value(_ message: ProtobufReader, depth: Int) -> AttributeValue {
        var found = AttributeValue.empty
        var reader = message
        while let field = reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): found = .string(reader.string(field))
            case (2, .varint): found = .bool(field.value != 0)
            case (3, .varint): found = .int(Int64(bitPattern: field.value))
            case (4, .fixed64): found = .double(Double(bitPattern: field.value))
            case (7, .bytes): found = .bytes(Array(reader.bytes(field)))
            case (5, .bytes), (6, .bytes):
                guard depth > 0 else {
                    found = .bytes(Array(reader.bytes(field)))
                    continue
                }
                var elements: [AttributeValue] = []
                var attributes: [Attribute] = []
                var inner = reader.message(field)
                while let element = inner.next() {
                    guard element.number == 1, element.wire == .bytes else { continue }
                    if field.number == 5 {
                        elements.append(value(inner.message(element), depth: depth - 1))
                    } else {
                        attributes.append(attribute(inner.message(element), depth: depth - 1))
                    }
                }
                found = field.number == 5 ? .array(elements) : .map(attributes)
            default: break
            }
        }
        return found
    }

    static func span(_ message: ProtobufReader) -> SpanBody {
        var body = SpanBody(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0), name: "", start: 0, end: 0)
        var reader = message
        while let field = reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): body.traceID = traceID(reader.bytes(field))
            case (2, .bytes): body.spanID = SpanID(spanID(reader.bytes(field)))
            case (3, .bytes): body.traceState = reader.string(field)
            case (4, .bytes): body.parentID = SpanID(spanID(reader.bytes(field)))
            case (5, .bytes): body.name = reader.string(field)
            case (6, .varint): body.kind = SpanKind(rawValue: UInt8(clamping: field.value)) ?? .unspecified
            case (7, .fixed64): body.start = Int64(clamping: field.value)
            case (8, .fixed64): body.end = Int64(clamping: field.value)
            case (9, .bytes): body.attributes.append(attribute(reader.message(field), depth: JSONText.depth))
            case (10, .varint): body.droppedAttributes = UInt32(clamping: field.value)
            case (11, .bytes): body.events.append(event(reader.message(field)))
            case (12, .varint): body.droppedEvents = UInt32(clamping: field.value)
            case (13, .bytes): body.links.append(link(reader.message(field)))
            case (14, .varint): body.droppedLinks = UInt32(clamping: field.value)
            case (15, .bytes):
                let status = status(reader.message(field))
                body.status = status.code
                body.statusMessage = status.message
            case (16, .fixed32): body.flags = UInt32(truncatingIfNeeded: field.value)
            default: break
            }
        }
        return body
    }

    private static func event(_ message: ProtobufReader) -> SpanEvent {
        var event = SpanEvent(name: "", time: 0)
        var reader = message
        while let field = reader.next() {
            switch (field.number, field.wire) {
            case (1, .fixed64): event.time = Int64(clamping: field.value)
            case (2, .bytes): event.name = reader.string(field)
            case (3, .bytes): event.attributes.append(attribute(reader.message(field), depth: JSONText.depth))
            case (4, .varint): event.droppedAttributes = UInt32(clamping: field.value)
            default: break
            }
        }
        return event
    }

    private static func link(_ message: ProtobufReader) -> SpanLink {
        var link = SpanLink(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0))
        var reader = message
        while let field = reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): link.traceID = traceID(reader.bytes(field))
            case (2, .bytes): link.spanID = SpanID(spanID(reader.bytes(field)))
            case (3, .bytes): link.traceState = reader.string(field)
            case (4, .bytes): link.attributes.append(attribute(reader.message(field), depth: JSONText.depth))
            case (5, .varint): link.droppedAttributes = UInt32(clamping: field.value)
            case (6, .fixed32): link.flags = UInt32(truncatingIfNeeded: field.value)
            default: break
            }
        }
        return link
    }

    /// With `isBrief`, only the ids and the time.
    static func log(_ message: ProtobufReader, isBrief: Bool) -> LogRecord {
        var log = LogRecord(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0), time: 0)
        var observed: Int64 = 0
        var reader = message
        while let field = reader.next() {
            switch (field.number, field.wire) {
            case (1, .fixed64): log.time = Int64(clamping: field.value)
            case (11, .fixed64): observed = Int64(clamping: field.value)
            case (9, .bytes): log.traceID = traceID(reader.bytes(field))
            case (10, .bytes): log.spanID = SpanID(spanID(reader.bytes(field)))
            case _ where isBrief: break
            case (2, .varint): log.severityNumber = Int32(clamping: field.value)
            case (3, .bytes): log.severityText = reader.string(field)
            case (5, .bytes): log.body = value(reader.message(field), depth: JSONText.depth)
            case (6, .bytes): log.attributes.append(attribute(reader.message(field), depth: JSONText.depth))
            case (12, .bytes): log.eventName = reader.string(field)
            default: break
            }
        }
        if log.time == 0 { log.time = observed }
        return log
    }

    static func resource(_ message: ProtobufReader) -> Resource {
        var resource = Resource()
        var reader = message
        while let field = reader.next() {
            if field.number == 1, field.wire == .bytes {
                resource.attributes.append(attribute(reader.message(field), depth: JSONText.depth))
            }
            if field.number == 2, field.wire == .varint { resource.droppedAttributes = UInt32(clamping: field.value) }
        }
        return resource
    }

    static func scope(_ message: ProtobufReader) -> Scope {
        var scope = Scope()
        var reader = message
        while let field = reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes): scope.name = reader.string(field)
            case (2, .bytes): scope.version = reader.string(field)
            case (3, .bytes): scope.attributes.append(attribute(reader.message(field), depth: JSONText.depth))
            case (4, .varint): scope.droppedAttributes = UInt32(clamping: field.value)
            default: break
            }
        }
        return scope
    }
}
