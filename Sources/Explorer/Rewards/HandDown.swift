package import TraceAnalysis
package import TraceModel

/// What a sequence is worth, and what each of its steps is to get of it.
package struct HandDown: Sendable, Equatable {
    package var sequence: String
    package var spans: [SpanRef]
    /// One for each span; nothing leaves a step without.
    package var values: [Double?]
    package var worth: Double
    package var propagation: Propagation

    package init(
        sequence: String, spans: [SpanRef], values: [Double?], worth: Double, propagation: Propagation
    ) {
        self.sequence = sequence
        self.spans = spans
        self.values = values
        self.worth = worth
        self.propagation = propagation
    }
}
