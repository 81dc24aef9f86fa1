package import TraceModel

/// One step of a sequence as ASP records it, whether in a line, in a table or in a span.
package struct Triplet {
    package var id: FieldText?
    package var sequence: FieldText
    package var index: Int64?
    package var scope: FieldText?
    /// Nanoseconds since the epoch; zero where nobody says.
    package var time: Int64 = 0
    package var task: FieldText?
    package var goal: FieldText?
    package var role: FieldText?
    package var function: FieldText?
    /// Milliseconds.
    package var duration: Double?
    package var isFailure = false
    package var error: FieldText?
    /// JSON.
    package var state: FieldText?
    package var action: FieldText?
    package var reward: Double?
    /// The OpenTelemetry span that the triplet was recorded in.
    package var trace: TraceID?
    package var span: SpanID?

    package init(sequence: FieldText, index: Int64?) {
        self.sequence = sequence
        self.index = index
    }
}
