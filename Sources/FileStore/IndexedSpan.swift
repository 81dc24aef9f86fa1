package import TraceModel

/// What an index knows of a span, also where the span's file cannot be read any more.
package struct IndexedSpan: Sendable {
    package var trace: TraceID
    /// The trace's id in its own system, where that is no hex; else empty.
    package var traceName: String
    package var span: SpanID
    package var parent: SpanID
    /// The judgement that came with it.
    package var reward: Float?
}
