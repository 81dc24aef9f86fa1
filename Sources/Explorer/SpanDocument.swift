package import TraceModel

/// A span's body, with those of its strings that are JSON themselves read as values, to be folded and searched.
package struct SpanDocument: Sendable {
    package var body: SpanBody
    /// By the string as it stands in the body.
    package var parsed: [String: AttributeValue]

    package init(body: SpanBody, parsed: [String: AttributeValue] = [:]) {
        self.body = body
        self.parsed = parsed
    }
}
