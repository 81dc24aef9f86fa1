package import TraceModel

/// Steps of one trace in their order, each with what it was judged and what was handed down to it.
package struct RewardSequence: Sendable, Equatable {
    /// What puts steps into one sequence.
    package enum Scope: Sendable, Hashable {
        /// All that one agent did for one task, `{task}:{role}`; where the source names its sequences, as it names them.
        case agent
        /// All that was done for one task.
        case pipeline
        /// All of one session.
        case session
        /// Steps that have the same value of an attribute.
        case attribute(String)
    }

    package struct Step: Sendable, Equatable {
        package var span: SpanID
        package var ref: SpanRef
        /// What a person calls it: its agent or its name.
        package var label: String
        package var agent: String
        package var weight: Propagation.Step
        /// What it was itself judged, by whomever.
        package var own: Double?
        /// What was handed down to it and written.
        package var handedDown: Double?

        package init(
            span: SpanID, ref: SpanRef, label: String, agent: String = "", weight: Propagation.Step = .init(),
            own: Double? = nil, handedDown: Double? = nil
        ) {
            self.span = span
            self.ref = ref
            self.label = label
            self.agent = agent
            self.weight = weight
            self.own = own
            self.handedDown = handedDown
        }

        /// What counts: its own, else what was handed down.
        package var reward: Double? { own ?? handedDown }
    }

    package var trace: TraceID
    package var id: String
    package var steps: [Step]
    /// What the sequence as a whole was judged; of one that is all of its trace, what that was judged.
    package var judged: Double?

    package init(trace: TraceID, id: String, steps: [Step], judged: Double? = nil) {
        self.trace = trace
        self.id = id
        self.steps = steps
        self.judged = judged
    }

    /// What it is worth: what it was judged, else the mean of what its steps were.
    package var worth: Double? {
        if let judged { return judged }
        let own = steps.compactMap(\.own)
        return own.isEmpty ? nil : own.reduce(0, +) / Double(own.count)
    }

    /// What each step would come to under a strategy: its own, else what would be handed down.
    package func rewards(under propagation: Propagation, worth: Double?) -> [Double?] {
        guard let worth else { return steps.map(\.own) }
        return zip(steps, propagation.values(of: worth, over: steps.map(\.weight))).map { $0.own ?? $1 }
    }

    /// What each step comes to now.
    package var rewards: [Double?] { steps.map(\.reward) }

    /// The mean of those that have one.
    package static func total(_ rewards: [Double?]) -> Double? {
        let values = rewards.compactMap { $0 }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// Steps that a person picked, from the first to the last.
    package func picked(_ range: ClosedRange<Int>) -> RewardSequence {
        let range = range.clamped(to: 0...max(0, steps.count - 1))
        return picked(Array(steps[steps.isEmpty ? 0..<0 : Range(range)]))
    }

    package func picked(_ spans: Set<SpanRef>) -> RewardSequence { picked(steps.filter { spans.contains($0.ref) }) }

    private func picked(_ picked: [Step]) -> RewardSequence {
        guard let first = picked.first, let last = picked.last else {
            return RewardSequence(trace: trace, id: id, steps: [])
        }
        return RewardSequence(trace: trace, id: "\(first.span)..\(last.span)", steps: picked)
    }
}
