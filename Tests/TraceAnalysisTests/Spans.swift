import TraceModel

/// A span as a test writes it down.
struct Given {
    var id: UInt64
    var parent: UInt64 = 0
    var name = "span"
    var start: Int64 = 0
    var duration: Int64 = 10
    var status = SpanStatus.unset
    var isRunning = false
}

extension SpanTable {
    /// In the order given, which the test keeps sorted by start.
    init(_ spans: [Given]) {
        self.init(trace: TraceID(high: 1, low: 1))
        for (row, span) in spans.enumerated() {
            refs.append(SpanRef(unit: 0, row: UInt32(row)))
            ids.append(SpanID(span.id))
            parents.append(SpanID(span.parent))
            starts.append(span.start)
            durations.append(span.duration)
            var traits = SpanTraits(status: span.status)
            traits.isRunning = span.isRunning
            self.traits.append(traits)
            names.append(strings.intern(span.name))
            services.append(strings.intern("service"))
        }
    }
}
