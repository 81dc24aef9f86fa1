package import TraceAnalysis
package import TraceModel

/// Which sequence is meant: that of a trace in which an agent has steps.
package struct SequenceKey: Sendable, Hashable {
    package var trace: TraceID
    /// The trace's id as people call it, of which ids of sequences are made.
    package var traceName: String
    /// Empty where the whole trace is meant.
    package var agent: String

    package init(trace: TraceID, traceName: String, agent: String) {
        self.trace = trace
        self.traceName = traceName
        self.agent = agent
    }

    /// Of a trace's sequences the one that most of the agent's steps are in.
    package func choose(from sequences: [RewardSequence]) -> RewardSequence? {
        let counts = sequences.map { sequence in sequence.steps.count { $0.agent == agent } }
        guard let most = counts.max(), let place = counts.firstIndex(of: most) else { return nil }
        return sequences[place]
    }
}

/// The sequence under the cursor: its steps, and which of them is looked at.
package struct SequencePanel: Sendable {
    package internal(set) var key: SequenceKey?
    package internal(set) var sequence: RewardSequence?
    /// Why there is none, where none will come.
    package internal(set) var failure: String?
    /// Nothing until somebody goes from step to step.
    package internal(set) var step: Int?

    package init() {}
}

/// A way of handing down that is tried and not written.
package struct WhatIf: Sendable, Equatable {
    package internal(set) var propagation: Propagation
    /// Another worth than the sequence has; nothing is its own.
    package internal(set) var worth: Double?
    /// It has been asked to be written, and nobody has answered yet.
    package internal(set) var isBeingWritten = false
}
