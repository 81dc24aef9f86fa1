/// Everything a span says, as read when it is shown. Times are nanoseconds since the epoch; zero is "not given".
package struct SpanBody: Hashable, Sendable {
    package var traceID: TraceID
    package var spanID: SpanID
    package var parentID: SpanID
    package var name: String
    package var kind: SpanKind = .unspecified
    package var status: SpanStatus = .unset
    package var statusMessage = ""
    package var start: Int64
    package var end: Int64
    package var attributes: [Attribute] = []
    package var events: [SpanEvent] = []
    package var links: [SpanLink] = []
    /// What many spans have none of, in one place of its own, so that a span is small. Empty where all is as it begins.
    private var rest: [Rest] = []

    private struct Rest: Hashable, Sendable {
        var traceState = ""
        var flags: UInt32 = 0
        var droppedAttributes: UInt32 = 0
        var droppedEvents: UInt32 = 0
        var droppedLinks: UInt32 = 0
        var resource = Resource()
        var scope = Scope()
    }

    package init(
        traceID: TraceID, spanID: SpanID, parentID: SpanID = SpanID(0), name: String, start: Int64, end: Int64
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentID = parentID
        self.name = name
        self.start = start
        self.end = end
    }

    package var traceState: String {
        get { rest.first?.traceState ?? "" }
        set { change { $0.traceState = newValue } }
    }

    /// W3C flags, the remote-parent bits among them.
    package var flags: UInt32 {
        get { rest.first?.flags ?? 0 }
        set { change { $0.flags = newValue } }
    }

    package var droppedAttributes: UInt32 {
        get { rest.first?.droppedAttributes ?? 0 }
        set { change { $0.droppedAttributes = newValue } }
    }

    package var droppedEvents: UInt32 {
        get { rest.first?.droppedEvents ?? 0 }
        set { change { $0.droppedEvents = newValue } }
    }

    package var droppedLinks: UInt32 {
        get { rest.first?.droppedLinks ?? 0 }
        set { change { $0.droppedLinks = newValue } }
    }

    package var resource: Resource {
        get { rest.first?.resource ?? Resource() }
        set { change { $0.resource = newValue } }
    }

    package var scope: Scope {
        get { rest.first?.scope ?? Scope() }
        set { change { $0.scope = newValue } }
    }

    private mutating func change(_ body: (inout Rest) -> Void) {
        var changed = rest.first ?? Rest()
        body(&changed)
        rest = changed == Rest() ? [] : [changed]
    }
}

/// A moment within a span.
package struct SpanEvent: Hashable, Sendable {
    package var name: String
    package var time: Int64
    package var attributes: [Attribute] = []
    package var droppedAttributes: UInt32 = 0

    package init(name: String, time: Int64, attributes: [Attribute] = []) {
        self.name = name
        self.time = time
        self.attributes = attributes
    }
}

/// A pointer from one span to another, perhaps in another trace.
package struct SpanLink: Hashable, Sendable {
    package var traceID: TraceID
    package var spanID: SpanID
    package var traceState = ""
    package var flags: UInt32 = 0
    package var attributes: [Attribute] = []
    package var droppedAttributes: UInt32 = 0

    package init(traceID: TraceID, spanID: SpanID, attributes: [Attribute] = []) {
        self.traceID = traceID
        self.spanID = spanID
        self.attributes = attributes
    }
}

/// The process, host or service that a span comes from.
package struct Resource: Hashable, Sendable {
    package var attributes: [Attribute] = []
    package var droppedAttributes: UInt32 = 0

    package init() {}
}

/// The library that made a span.
package struct Scope: Hashable, Sendable {
    package var name = ""
    package var version = ""
    package var attributes: [Attribute] = []
    package var droppedAttributes: UInt32 = 0

    package init() {}
}
