/// The spans of one trace, in columns, without their bodies: what a tree is built from.
///
/// Sorted by start, then by id. A span that was read twice stands once, as its latest complete version says.
package struct SpanTable: Sendable {
    package var trace: TraceID
    package var refs: [SpanRef] = []
    package var ids: [SpanID] = []
    package var parents: [SpanID] = []
    /// Nanoseconds since the epoch.
    package var starts: [Int64] = []
    /// Nanoseconds; of a running span zero. Never negative: a span that ends before it starts is given zero.
    package var durations: [Int64] = []
    package var traits: [SpanTraits] = []
    /// Numbers into `strings`.
    package var names: [UInt32] = []
    package var services: [UInt32] = []
    /// By position in the other columns; most spans have none.
    package var usage: [Int32: Usage] = [:]
    /// Judgements that came with the spans, by position; most have none.
    package var rewards: [Int32: Float] = [:]
    /// What was judged of the trace beyond its spans.
    package var shared = SharedRewards()
    /// Of a span that was put together from pieces, where the others are.
    package var pieces: [Int32: [SpanRef]] = [:]
    /// How many log records each position has; most have none.
    package var logs: [Int32: Int32] = [:]
    /// Log records that name the trace and no span of it.
    package var looseLogs = 0
    package var strings = StringTable()

    package init(trace: TraceID) {
        self.trace = trace
    }

    package var count: Int { refs.count }
}
