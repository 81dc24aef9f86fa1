import TraceModel

/// Reads of a span, or of a log record, what the index needs.
enum OTLPJSONSpan {
    @inline(__always)
    private static func named(_ key: UnsafeBufferPointer<UInt8>, _ name: StaticString) -> Bool {
        JSONCursor.equal(key, name)
    }

    static func scan(
        _ cursor: inout JSONCursor, _ draft: inout SpanDraft, _ meanings: AttributeMeaning.Lookup
    ) -> Bool {
        cursor.forEachField { cursor, key in
            switch key.count {
            case 4:
                if named(key, "name") { return takeText(&cursor, &draft.name) }
                if named(key, "kind") {
                    draft.traits.kind = OTLPJSONDecoder.kind(&cursor)
                    return true
                }
            case 5:
                if named(key, "links") { return takePresence(&cursor) { draft.traits.hasLinks = $0 } }
            case 6:
                if named(key, "spanId") { return takeSpanID(&cursor, &draft.spanID) }
                if named(key, "status") {
                    return OTLPJSONDecoder.status(&cursor) { code, _ in draft.traits.status = code }
                }
                if named(key, "events") { return takePresence(&cursor) { draft.traits.hasEvents = $0 } }
            case 7:
                if named(key, "traceId") { return takeTraceID(&cursor, &draft.traceID) }
                if named(key, "span_id") { return takeSpanID(&cursor, &draft.spanID) }
            case 8: if named(key, "trace_id") { return takeTraceID(&cursor, &draft.traceID) }
            case 10: if named(key, "attributes") { return scanAttributes(&cursor, &draft, meanings) }
            case 12: if named(key, "parentSpanId") { return takeSpanID(&cursor, &draft.parentID) }
            case 14: if named(key, "parent_span_id") { return takeSpanID(&cursor, &draft.parentID) }
            case 15: if named(key, "endTimeUnixNano") { return takeTime(&cursor, &draft.end) }
            case 17: if named(key, "startTimeUnixNano") { return takeTime(&cursor, &draft.start) }
            case 18: if named(key, "end_time_unix_nano") { return takeTime(&cursor, &draft.end) }
            case 20: if named(key, "start_time_unix_nano") { return takeTime(&cursor, &draft.start) }
            default: break
            }
            return cursor.skip()
        }
    }

    static func scanLog(_ cursor: inout JSONCursor) -> LogRecord? {
        var trace = TraceID(high: 0, low: 0)
        var span: UInt64 = 0
        var time: Int64 = 0
        var observed: Int64 = 0
        let isWhole = cursor.forEachField { cursor, key in
            if named(key, "traceId") || named(key, "trace_id") { return takeTraceID(&cursor, &trace) }
            if named(key, "spanId") || named(key, "span_id") { return takeSpanID(&cursor, &span) }
            if named(key, "timeUnixNano") || named(key, "time_unix_nano") { return takeTime(&cursor, &time) }
            if named(key, "observedTimeUnixNano") || named(key, "observed_time_unix_nano") {
                return takeTime(&cursor, &observed)
            }
            return cursor.skip()
        }
        guard isWhole else { return nil }
        return LogRecord(traceID: trace, spanID: SpanID(span), time: time == 0 ? observed : time)
    }

    @inline(__always)
    private static func takeText(_ cursor: inout JSONCursor, _ text: inout UnsafeBufferPointer<UInt8>) -> Bool {
        text = cursor.stringBytes(cursor.at)
        return cursor.skip()
    }

    @inline(__always)
    private static func takeTraceID(_ cursor: inout JSONCursor, _ id: inout TraceID) -> Bool {
        id = OTLPIdentifiers.traceID(cursor.stringBytes(cursor.at)) ?? id
        return cursor.skip()
    }

    @inline(__always)
    private static func takeSpanID(_ cursor: inout JSONCursor, _ id: inout UInt64) -> Bool {
        id = OTLPIdentifiers.spanID(cursor.stringBytes(cursor.at)) ?? 0
        return cursor.skip()
    }

    @inline(__always)
    private static func takeTime(_ cursor: inout JSONCursor, _ time: inout Int64) -> Bool {
        let bytes = cursor.byte == UInt8(ascii: "\"") ? cursor.stringBytes(cursor.at) : cursor.scalarBytes(cursor.at)
        time = JSONText.integer(bytes) ?? 0
        return cursor.skip()
    }

    @inline(__always)
    private static func takePresence(_ cursor: inout JSONCursor, _ body: (Bool) -> Void) -> Bool {
        let isFull = cursor.byte == UInt8(ascii: "[") && cursor.byte(cursor.at + 1) != UInt8(ascii: "]")
        guard cursor.skip() else { return false }
        body(isFull)
        return true
    }

    /// Looks at the keys, and at the values of those that mean something. Most attributes are passed in one step: their
    /// tokens always stand the same.
    private static func scanAttributes(
        _ cursor: inout JSONCursor, _ draft: inout SpanDraft, _ meanings: AttributeMeaning.Lookup
    ) -> Bool {
        guard cursor.byte == UInt8(ascii: "[") else { return cursor.skip() }
        return cursor.forEachElement { cursor in
            let first = cursor.at
            let isUsual =
                cursor.byte(first) == UInt8(ascii: "{") && cursor.byte(first + 12) == UInt8(ascii: "}")
                && cursor.byte(first + 11) == UInt8(ascii: "}") && cursor.byte(first + 7) == UInt8(ascii: "{")
                && cursor.byte(first + 10) != UInt8(ascii: "{") && cursor.byte(first + 10) != UInt8(ascii: "[")
                && cursor.byte(first + 3) == UInt8(ascii: "\"")
                && cursor.base[cursor.offset(first + 1) + 1] == UInt8(ascii: "k")
            guard isUsual else {
                return scanUnusual(&cursor, &draft, meanings)
            }
            if let known = meanings[cursor.stringBytes(first + 3)] {
                let value = first + 10
                if cursor.byte(value) == UInt8(ascii: "\"") {
                    draft.take(cursor.stringBytes(value), known)
                } else {
                    draft.take(cursor.scalarBytes(value), known)
                }
            }
            cursor.at = first + 13
            return true
        }
    }

    private static func scanUnusual(
        _ cursor: inout JSONCursor, _ draft: inout SpanDraft, _ meanings: AttributeMeaning.Lookup
    ) -> Bool {
        var probe = cursor
        guard cursor.skip() else { return false }
        _ = OTLPJSONDecoder.attribute(&probe) { key, value in
            guard let known = meanings[key], value.byte == UInt8(ascii: "{") else { return }
            var value = value
            _ = value.forEachField { cursor, kind in
                if cursor.byte == UInt8(ascii: "\"") {
                    draft.take(cursor.stringBytes(cursor.at), known)
                } else if cursor.byte != UInt8(ascii: "{"), cursor.byte != UInt8(ascii: "[") {
                    draft.take(cursor.scalarBytes(cursor.at), known)
                }
                return cursor.skip()
            }
        }
        return true
    }
}
