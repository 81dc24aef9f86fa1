import TraceGenerator

/// Shapes at the ends of what people open.
enum LargeTraces {
    /// All spans in one trace; without texts, so that it is their number that counts.
    static func one(spans: Int) -> TraceShape {
        var shape = TraceShape(spans: spans)
        shape.spansPerTrace = spans
        shape.bodyBytes = 0
        shape.depth = 12
        return shape
    }

    /// As many traces as spans.
    static func many(_ traces: Int) -> TraceShape {
        var shape = TraceShape(spans: traces)
        shape.spansPerTrace = 1
        shape.bodyBytes = 0
        return shape
    }
}
