package import TraceModel

/// Spans that use all that OTLP has, for every format to carry.
package enum SampleSpans {
    package static let trace = TraceID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)
    package static let start: Int64 = 1_700_000_000_000_000_000

    /// A span of the sample trace, so many microseconds after its start.
    package static func span(
        _ id: UInt64, parent: UInt64 = 0, _ name: String = "step", trace: TraceID = trace, after: Int64 = 0,
        attributes: [Attribute] = []
    ) -> SpanBody {
        var span = SpanBody(
            traceID: trace, spanID: SpanID(id), parentID: SpanID(parent), name: name, start: start + after * 1000,
            end: start + after * 1000 + 500)
        span.attributes = attributes
        span.resource.attributes = [Attribute("service.name", .string("sample"))]
        return span
    }

    /// Two traces, two resources, two scopes, and every kind of value.
    package static var rich: [SpanBody] {
        var root = span(1, "invoke_agent planner")
        root.kind = .server
        root.status = .error
        root.statusMessage = "no \"luck\": Größe ≠ 大きさ 🧭"
        root.traceState = "vendor=1,other=x"
        root.flags = 0x301
        root.droppedAttributes = 3
        root.droppedEvents = 4
        root.droppedLinks = 5
        root.attributes = values
        root.events = events
        root.links = links
        root.resource.droppedAttributes = 2
        root.resource.attributes += values
        root.scope.name = "instrumentation"
        root.scope.version = "1.2.3"
        root.scope.attributes = values
        root.scope.droppedAttributes = 6

        var child = span(2, parent: 1, "chat größer\u{1}\n\t\"quoted\" \\ end", after: 10, attributes: values)
        child.resource = root.resource
        child.scope = root.scope
        child.kind = .client
        child.status = .ok
        var cousin = span(3, parent: 2, "", after: 20)
        cousin.resource = root.resource
        cousin.scope.name = "another scope"
        cousin.kind = .producer
        var stranger = span(
            0xFFFF_FFFF_FFFF_FFFF, "running", trace: TraceID(high: 0, low: 7), after: 30)
        stranger.end = 0
        stranger.kind = .consumer
        return [root, child, cousin, stranger]
    }

    private static var values: [Attribute] {
        [
            Attribute("empty", .empty),
            Attribute("text", .string("plain")),
            Attribute("", .string("")),
            Attribute("naïve 🔑 \"key\"", .string("tab\t line\n return\r nul\u{0} escape\u{1B} del\u{7F} next\u{85} 🧭")),
            Attribute("true", .bool(true)),
            Attribute("false", .bool(false)),
            Attribute("least", .int(.min)),
            Attribute("greatest", .int(.max)),
            Attribute("zero", .int(0)),
            Attribute("tiny", .double(.leastNonzeroMagnitude)),
            Attribute("huge", .double(-1.7976931348623157e308)),
            Attribute("whole", .double(3)),
            Attribute("endless", .double(.infinity)),
            Attribute("endless down", .double(-.infinity)),
            Attribute("bytes", .bytes([0, 1, 2, 253, 254, 255])),
            Attribute("one byte", .bytes([7])),
            Attribute("no bytes", .bytes([])),
            Attribute("no elements", .array([])),
            Attribute("no pairs", .map([])),
            Attribute("list", .array([.int(1), .string("two"), .array([.bool(true), .empty]), .double(0.1)])),
            Attribute(
                "map",
                .map([
                    Attribute("inner", .map([Attribute("deep", .array([.map([Attribute("end", .int(9))])]))])),
                    Attribute("twice", .int(1)), Attribute("twice", .int(2)),
                ])),
            Attribute("twice", .int(1)),
            Attribute("twice", .int(2)),
        ]
    }

    private static var events: [SpanEvent] {
        var first = SpanEvent(name: "exception", time: start + 1, attributes: values)
        first.droppedAttributes = 8
        return [first, SpanEvent(name: "", time: start + 2)]
    }

    private static var links: [SpanLink] {
        var first = SpanLink(traceID: TraceID(high: 9, low: 8), spanID: SpanID(77), attributes: values)
        first.traceState = "a=b"
        first.flags = 1
        first.droppedAttributes = 9
        return [first, SpanLink(traceID: trace, spanID: SpanID(1))]
    }
}
