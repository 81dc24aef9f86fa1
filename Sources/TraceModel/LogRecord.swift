/// A log line that names the trace, and perhaps the span, it was written in.
package struct LogRecord: Hashable, Sendable {
    package var traceID: TraceID
    package var spanID: SpanID
    package var time: Int64
    package var severityNumber: Int32 = 0
    package var severityText = ""
    package var eventName = ""
    package var body: AttributeValue = .empty
    package var attributes: [Attribute] = []

    package init(traceID: TraceID, spanID: SpanID, time: Int64) {
        self.traceID = traceID
        self.spanID = spanID
        self.time = time
    }
}
