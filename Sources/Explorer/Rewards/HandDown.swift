package import TraceAnalysis
package import TraceModel

/// What the sequence of a step is worth, or that of a whole trace, and how that is handed down.
package struct SequenceGrade: Sendable, Equatable {
    package var worth: Double
    package var propagation: Propagation
    /// The trace's id as people call it, of which ids of sequences are made.
    package var traceName: String
    /// The steps of a sequence that a person picked; none where it is the source's own.
    package var picked: [SpanRef]

    package init(worth: Double, propagation: Propagation, traceName: String, picked: [SpanRef] = []) {
        self.worth = worth
        self.propagation = propagation
        self.traceName = traceName
        self.picked = picked
    }
}

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
