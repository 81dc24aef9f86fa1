package import TraceModel

/// Writes spans as OTLP JSON. Spans in a row with the same resource and scope share them.
package enum OTLPJSONWriter {
    /// A whole document, compact, without a line end.
    package static func document(_ spans: [SpanBody]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("resourceSpans")
            writer.array { writer in
                for group in SpanGroups.byResource(spans) { write(group, &writer) }
            }
        }
        return writer.bytes
    }

    /// The same on a line of its own.
    package static func line(_ spans: [SpanBody]) -> [UInt8] { document(spans) + [10] }

    private static func write(_ group: [SpanBody], _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("resource")
            writer.object { writer in
                write(group[0].resource.attributes, &writer)
                write(count: group[0].resource.droppedAttributes, "droppedAttributesCount", &writer)
            }
            writer.key("scopeSpans")
            writer.array { writer in
                for spans in SpanGroups.byScope(group) {
                    writer.object { writer in
                        writer.key("scope")
                        write(spans[0].scope, &writer)
                        writer.key("spans")
                        writer.array { writer in for span in spans { write(span, &writer) } }
                    }
                }
            }
        }
    }

    private static func write(_ scope: Scope, _ writer: inout JSONWriter) {
        writer.object { writer in
            if !scope.name.isEmpty { writer.field("name", scope.name) }
            if !scope.version.isEmpty { writer.field("version", scope.version) }
            if !scope.attributes.isEmpty { write(scope.attributes, &writer) }
            write(count: scope.droppedAttributes, "droppedAttributesCount", &writer)
        }
    }

    private static func write(_ span: SpanBody, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("traceId", "\(span.traceID)")
            writer.field("spanId", "\(span.spanID)")
            if !span.parentID.isZero { writer.field("parentSpanId", "\(span.parentID)") }
            if !span.traceState.isEmpty { writer.field("traceState", span.traceState) }
            if span.flags != 0 { writer.field("flags", Int64(span.flags)) }
            writer.field("name", span.name)
            writer.field("kind", Int64(span.kind.rawValue))
            writer.field("startTimeUnixNano", "\(span.start)")
            writer.field("endTimeUnixNano", "\(span.end)")
            write(span.attributes, &writer)
            write(count: span.droppedAttributes, "droppedAttributesCount", &writer)
            if !span.events.isEmpty {
                writer.key("events")
                writer.array { writer in for event in span.events { write(event, &writer) } }
            }
            write(count: span.droppedEvents, "droppedEventsCount", &writer)
            if !span.links.isEmpty {
                writer.key("links")
                writer.array { writer in for link in span.links { write(link, &writer) } }
            }
            write(count: span.droppedLinks, "droppedLinksCount", &writer)
            writer.key("status")
            writer.object { writer in
                if !span.statusMessage.isEmpty { writer.field("message", span.statusMessage) }
                if span.status != .unset { writer.field("code", Int64(span.status.rawValue)) }
            }
        }
    }

    private static func write(_ event: SpanEvent, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("timeUnixNano", "\(event.time)")
            writer.field("name", event.name)
            write(event.attributes, &writer)
            write(count: event.droppedAttributes, "droppedAttributesCount", &writer)
        }
    }

    private static func write(_ link: SpanLink, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("traceId", "\(link.traceID)")
            writer.field("spanId", "\(link.spanID)")
            if !link.traceState.isEmpty { writer.field("traceState", link.traceState) }
            if link.flags != 0 { writer.field("flags", Int64(link.flags)) }
            write(link.attributes, &writer)
            write(count: link.droppedAttributes, "droppedAttributesCount", &writer)
        }
    }

    private static func write(_ attributes: [Attribute], _ writer: inout JSONWriter) {
        writer.key("attributes")
        write(list: attributes, &writer)
    }

    private static func write(list attributes: [Attribute], _ writer: inout JSONWriter) {
        writer.array { writer in
            for attribute in attributes {
                writer.object { writer in
                    writer.field("key", attribute.key)
                    writer.key("value")
                    write(attribute.value, &writer)
                }
            }
        }
    }

    private static func write(_ value: AttributeValue, _ writer: inout JSONWriter) {
        writer.object { writer in
            switch value {
            case .empty: break
            case .string(let string): writer.field("stringValue", string)
            case .bool(let bool):
                writer.key("boolValue")
                writer.bool(bool)
            case .int(let int): writer.field("intValue", "\(int)")
            case .double(let double):
                writer.key("doubleValue")
                writer.double(double)
            case .bytes(let bytes): writer.field("bytesValue", Base64.text(bytes))
            case .array(let elements):
                writer.key("arrayValue")
                writer.object { writer in
                    writer.key("values")
                    writer.array { writer in for element in elements { write(element, &writer) } }
                }
            case .map(let attributes):
                writer.key("kvlistValue")
                writer.object { writer in
                    writer.key("values")
                    write(list: attributes, &writer)
                }
            }
        }
    }

    private static func write(count: UInt32, _ key: String, _ writer: inout JSONWriter) {
        if count > 0 { writer.field(key, Int64(count)) }
    }
}
