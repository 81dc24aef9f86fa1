import TraceModel

/// Reads OTLP's JSON in full: a span, a log record, a resource, a scope.
enum OTLPJSONDecoder {
    @inline(__always)
    private static func named(_ key: UnsafeBufferPointer<UInt8>, _ camel: StaticString, _ snake: StaticString) -> Bool {
        JSONCursor.equal(key, camel) || JSONCursor.equal(key, snake)
    }

    // MARK: Attributes

    /// Calls `body` with the key and a cursor on the value of each attribute of an array; moves behind it.
    static func forEachAttribute(
        _ cursor: inout JSONCursor, _ body: (UnsafeBufferPointer<UInt8>, JSONCursor) -> Void
    ) -> Bool {
        guard cursor.byte == UInt8(ascii: "[") else { return cursor.skip() }
        return cursor.forEachElement { attribute(&$0, body) }
    }

    /// One `{"key": …, "value": …}`, in whatever order.
    static func attribute(
        _ cursor: inout JSONCursor, _ body: (UnsafeBufferPointer<UInt8>, JSONCursor) -> Void
    ) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
        var key = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        var value: JSONCursor?
        let isWhole = cursor.forEachField { cursor, name in
            if JSONCursor.equal(name, "key") {
                key = cursor.stringBytes(cursor.at)
            } else if JSONCursor.equal(name, "value") {
                value = cursor
            }
            return cursor.skip()
        }
        if isWhole, let value { body(key, value) }
        return isWhole
    }

    static func attributes(_ cursor: inout JSONCursor, depth: Int = JSONText.depth) -> [Attribute] {
        var attributes: [Attribute] = []
        _ = forEachAttribute(&cursor) { key, value in
            var value = value
            attributes.append(Attribute(JSONText.unescape(key), self.value(&value, depth: depth) ?? .empty))
        }
        return attributes
    }

    /// An `AnyValue`; what is none is taken as plain JSON.
    static func value(_ cursor: inout JSONCursor, depth: Int) -> AttributeValue? {
        guard cursor.byte == UInt8(ascii: "{"), depth > 0 else { return cursor.takeValue(depth: depth) }
        var found = AttributeValue.empty
        let isWhole = cursor.forEachField { cursor, kind in
            let inner = depth - 1
            if named(kind, "stringValue", "string_value") {
                found = .string(cursor.takeString() ?? "")
            } else if named(kind, "intValue", "int_value") {
                found = .int(cursor.takeInteger() ?? 0)
            } else if named(kind, "doubleValue", "double_value") {
                found = .double(cursor.takeDouble() ?? .nan)
            } else if named(kind, "boolValue", "bool_value") {
                found = .bool(cursor.byte == UInt8(ascii: "t"))
                return cursor.skip()
            } else if named(kind, "bytesValue", "bytes_value") {
                found = .bytes(JSONText.base64(cursor.stringBytes(cursor.at)) ?? [])
                return cursor.skip()
            } else if named(kind, "arrayValue", "array_value") {
                return values(&cursor, depth: inner) { found = .array($0) }
            } else if named(kind, "kvlistValue", "kvlist_value") {
                return pairs(&cursor, depth: inner) { found = .map($0) }
            } else {
                return cursor.skip()
            }
            return true
        }
        return isWhole ? found : nil
    }

    private static func values(_ cursor: inout JSONCursor, depth: Int, _ body: ([AttributeValue]) -> Void) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
        var elements: [AttributeValue] = []
        let isWhole = cursor.forEachField { cursor, key in
            guard JSONCursor.equal(key, "values"), cursor.byte == UInt8(ascii: "[") else { return cursor.skip() }
            return cursor.forEachElement { cursor in
                guard let element = value(&cursor, depth: depth) else { return false }
                elements.append(element)
                return true
            }
        }
        body(elements)
        return isWhole
    }

    private static func pairs(_ cursor: inout JSONCursor, depth: Int, _ body: ([Attribute]) -> Void) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
        var pairs: [Attribute] = []
        let isWhole = cursor.forEachField { cursor, key in
            guard JSONCursor.equal(key, "values") else { return cursor.skip() }
            var inner = cursor
            pairs = attributes(&inner, depth: depth)
            return cursor.skip()
        }
        body(pairs)
        return isWhole
    }

    // MARK: Enums

    static func kind(_ cursor: inout JSONCursor) -> SpanKind {
        defer { _ = cursor.skip() }
        if cursor.byte == UInt8(ascii: "\"") {
            let word = String(decoding: cursor.stringBytes(cursor.at).prefix(32), as: UTF8.self).lowercased()
            if let number = UInt8(word) { return SpanKind(rawValue: number) ?? .unspecified }
            return SpanKind.allCases.first { word == $0.name || word == "span_kind_" + $0.name } ?? .unspecified
        }
        let number = JSONText.integer(cursor.scalarBytes(cursor.at)) ?? 0
        return SpanKind(rawValue: UInt8(clamping: number)) ?? .unspecified
    }

    /// Calls `body` with the code and a cursor on the message, where there is one.
    static func status(_ cursor: inout JSONCursor, _ body: (SpanStatus, JSONCursor?) -> Void) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
        var code = SpanStatus.unset
        var message: JSONCursor?
        let isWhole = cursor.forEachField { cursor, key in
            if JSONCursor.equal(key, "code") {
                if cursor.byte == UInt8(ascii: "\"") {
                    let word = String(decoding: cursor.stringBytes(cursor.at).prefix(32), as: UTF8.self).lowercased()
                    code =
                        UInt8(word).flatMap { SpanStatus(rawValue: $0) }
                        ?? SpanStatus.allCases.first { word == $0.name || word == "status_code_" + $0.name } ?? .unset
                } else {
                    let number = JSONText.integer(cursor.scalarBytes(cursor.at)) ?? 0
                    code = SpanStatus(rawValue: UInt8(clamping: number)) ?? .unset
                }
            } else if JSONCursor.equal(key, "message") {
                message = cursor
            }
            return cursor.skip()
        }
        body(code, message)
        return isWhole
    }

    // MARK: Records

    static func span(_ cursor: inout JSONCursor) -> SpanBody? {
        var body = SpanBody(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0), name: "", start: 0, end: 0)
        let isWhole = cursor.forEachField { cursor, key in
            if named(key, "traceId", "trace_id") {
                body.traceID = OTLPIdentifiers.traceID(cursor.stringBytes(cursor.at)) ?? body.traceID
            } else if named(key, "spanId", "span_id") {
                body.spanID = SpanID(OTLPIdentifiers.spanID(cursor.stringBytes(cursor.at)) ?? 0)
            } else if named(key, "parentSpanId", "parent_span_id") {
                body.parentID = SpanID(OTLPIdentifiers.spanID(cursor.stringBytes(cursor.at)) ?? 0)
            } else if named(key, "name", "name") {
                body.name = cursor.takeString() ?? ""
                return true
            } else if named(key, "kind", "kind") {
                body.kind = kind(&cursor)
                return true
            } else if named(key, "startTimeUnixNano", "start_time_unix_nano") {
                body.start = cursor.takeInteger() ?? 0
                return true
            } else if named(key, "endTimeUnixNano", "end_time_unix_nano") {
                body.end = cursor.takeInteger() ?? 0
                return true
            } else if named(key, "attributes", "attributes") {
                var inner = cursor
                body.attributes = attributes(&inner) + body.attributes
            } else if named(key, "events", "events") {
                var inner = cursor
                body.events = events(&inner)
            } else if named(key, "links", "links") {
                var inner = cursor
                body.links = links(&inner)
            } else if named(key, "status", "status") {
                return status(&cursor) { code, message in
                    body.status = code
                    if var message { body.statusMessage = message.takeString() ?? "" }
                }
            } else if named(key, "traceState", "trace_state") {
                body.traceState = cursor.takeString() ?? ""
                return true
            } else if named(key, "flags", "flags") {
                body.flags = UInt32(clamping: cursor.takeInteger() ?? 0)
                return true
            } else if named(key, "droppedAttributesCount", "dropped_attributes_count") {
                body.droppedAttributes = UInt32(clamping: cursor.takeInteger() ?? 0)
                return true
            } else if named(key, "droppedEventsCount", "dropped_events_count") {
                body.droppedEvents = UInt32(clamping: cursor.takeInteger() ?? 0)
                return true
            } else if named(key, "droppedLinksCount", "dropped_links_count") {
                body.droppedLinks = UInt32(clamping: cursor.takeInteger() ?? 0)
                return true
            } else if cursor.byte != UInt8(ascii: "n") {
                // Nothing is lost: what OTLP does not know is kept as an attribute.
                var inner = cursor
                let value = inner.takeValue(depth: JSONText.depth) ?? .empty
                body.attributes.append(Attribute("otlp." + JSONText.unescape(key), value))
            }
            return cursor.skip()
        }
        return isWhole ? body : nil
    }

    private static func events(_ cursor: inout JSONCursor) -> [SpanEvent] {
        var events: [SpanEvent] = []
        guard cursor.byte == UInt8(ascii: "[") else { return [] }
        _ = cursor.forEachElement { cursor in
            guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
            var event = SpanEvent(name: "", time: 0)
            defer { events.append(event) }
            return cursor.forEachField { cursor, key in
                if named(key, "timeUnixNano", "time_unix_nano") {
                    event.time = cursor.takeInteger() ?? 0
                } else if named(key, "name", "name") {
                    event.name = cursor.takeString() ?? ""
                } else if named(key, "attributes", "attributes") {
                    var inner = cursor
                    event.attributes = attributes(&inner)
                    return cursor.skip()
                } else if named(key, "droppedAttributesCount", "dropped_attributes_count") {
                    event.droppedAttributes = UInt32(clamping: cursor.takeInteger() ?? 0)
                } else {
                    return cursor.skip()
                }
                return true
            }
        }
        return events
    }

    private static func links(_ cursor: inout JSONCursor) -> [SpanLink] {
        var links: [SpanLink] = []
        guard cursor.byte == UInt8(ascii: "[") else { return [] }
        _ = cursor.forEachElement { cursor in
            guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
            var link = SpanLink(traceID: TraceID(high: 0, low: 0), spanID: SpanID(0))
            defer { links.append(link) }
            return cursor.forEachField { cursor, key in
                if named(key, "traceId", "trace_id") {
                    link.traceID = OTLPIdentifiers.traceID(cursor.stringBytes(cursor.at)) ?? link.traceID
                    return cursor.skip()
                } else if named(key, "spanId", "span_id") {
                    link.spanID = SpanID(OTLPIdentifiers.spanID(cursor.stringBytes(cursor.at)) ?? 0)
                    return cursor.skip()
                } else if named(key, "traceState", "trace_state") {
                    link.traceState = cursor.takeString() ?? ""
                } else if named(key, "flags", "flags") {
                    link.flags = UInt32(clamping: cursor.takeInteger() ?? 0)
                } else if named(key, "attributes", "attributes") {
                    var inner = cursor
                    link.attributes = attributes(&inner)
                    return cursor.skip()
                } else if named(key, "droppedAttributesCount", "dropped_attributes_count") {
                    link.droppedAttributes = UInt32(clamping: cursor.takeInteger() ?? 0)
                } else {
                    return cursor.skip()
                }
                return true
            }
        }
        return links
    }

    static func log(_ cursor: inout JSONCursor) -> LogRecord? {
        var head = cursor
        guard var record = OTLPJSONSpan.scanLog(&head) else { return nil }
        _ = cursor.forEachField { cursor, key in
            if named(key, "severityNumber", "severity_number") {
                record.severityNumber = Int32(clamping: cursor.takeInteger() ?? 0)
            } else if named(key, "severityText", "severity_text") {
                record.severityText = cursor.takeString() ?? ""
            } else if named(key, "eventName", "event_name") {
                record.eventName = cursor.takeString() ?? ""
            } else if named(key, "body", "body") {
                var inner = cursor
                record.body = value(&inner, depth: JSONText.depth) ?? .empty
                return cursor.skip()
            } else if named(key, "attributes", "attributes") {
                var inner = cursor
                record.attributes = attributes(&inner)
                return cursor.skip()
            } else {
                return cursor.skip()
            }
            return true
        }
        return record
    }

    static func resource(_ cursor: inout JSONCursor) -> Resource {
        var resource = Resource()
        _ = cursor.forEachField { cursor, key in
            if named(key, "attributes", "attributes") {
                var inner = cursor
                resource.attributes = attributes(&inner)
            } else if named(key, "droppedAttributesCount", "dropped_attributes_count") {
                resource.droppedAttributes = UInt32(clamping: cursor.takeInteger() ?? 0)
                return true
            }
            return cursor.skip()
        }
        return resource
    }

    static func scope(_ cursor: inout JSONCursor) -> Scope {
        var scope = Scope()
        _ = cursor.forEachField { cursor, key in
            if named(key, "name", "name") {
                scope.name = cursor.takeString() ?? ""
                return true
            } else if named(key, "version", "version") {
                scope.version = cursor.takeString() ?? ""
                return true
            } else if named(key, "attributes", "attributes") {
                var inner = cursor
                scope.attributes = attributes(&inner)
            } else if named(key, "droppedAttributesCount", "dropped_attributes_count") {
                scope.droppedAttributes = UInt32(clamping: cursor.takeInteger() ?? 0)
                return true
            }
            return cursor.skip()
        }
        return scope
    }
}
