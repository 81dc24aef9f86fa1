package import TraceAnalysis
import TraceModel

extension RewardsState {
    /// The sequence of the panel as it is shown: by the weights that are tried, else as it stands.
    package var sequence: RewardSequence? {
        guard let weights, var sequence = panel.sequence, let panelPlace else { return panel.sequence }
        var values: [SpanID: Double] = [:]
        for row in table.rows(of: panelPlace) {
            guard let parts = table.parts[row], let value = weights.value(of: parts.dimensions) else { continue }
            values[table.spans[row]] = value
            if parts.isWhole, sequence.judged != nil { sequence.judged = value }
        }
        for step in sequence.steps.indices {
            if let value = values[sequence.steps[step].span] { sequence.steps[step].own = value }
        }
        return sequence
    }

    /// The worth that the steps are handed down from: the one tried, else the sequence's own.
    package var worth: Double? { whatIf?.worth ?? sequence?.worth }

    /// What each step of the panel comes to: as it is tried, else as it is written.
    package var stepRewards: [Double?] {
        guard let sequence else { return [] }
        guard let whatIf else { return sequence.rewards }
        return sequence.rewards(under: whatIf.propagation, worth: worth)
    }

    /// What the steps of a trace were given; of the one that is tried on, what they would be.
    package func steps(of trace: Int) -> [Double?] {
        if whatIf != nil, trace == panelPlace { return stepRewards }
        return shownTable.steps(of: trace).map { Double($0) }
    }

    /// Begins to try, or tries something else.
    mutating func attempt(_ change: (inout WhatIf) -> Void) {
        var attempt = whatIf ?? WhatIf(propagation: Propagation(.uniform))
        change(&attempt)
        whatIf = attempt
        outdate()
    }

    /// Whether there was anything to drop.
    mutating func dropWhatIf() -> Bool {
        guard whatIf != nil else { return false }
        whatIf = nil
        outdate()
        return true
    }

    /// What is to be written for what is tried.
    var handDown: HandDown? {
        guard let whatIf, let sequence, let worth, !sequence.steps.isEmpty else { return nil }
        let values = whatIf.propagation.values(of: worth, over: sequence.steps.map(\.weight))
        return HandDown(
            sequence: sequence.id, spans: sequence.steps.map(\.ref),
            // What a step was itself judged stays.
            values: zip(sequence.steps, values).map { $0.own == nil ? $1 : nil }, worth: worth,
            propagation: whatIf.propagation)
    }

    /// The rewards that the panel's trace would have; nothing where nothing is tried.
    func triedRows(of trace: Int) -> RewardTable? {
        guard whatIf != nil, let sequence else { return nil }
        var rows = RewardTable()
        var values: [SpanID: Double?] = [:]
        for (step, value) in zip(sequence.steps, stepRewards) { values[step.span] = .some(value) }
        let table = shownTable
        var known: Set<SpanID> = []
        for row in table.rows(of: trace) {
            var value: Float? = table.values[row]
            if let tried = values[table.spans[row]] { value = tried.map { Float($0) } }
            known.insert(table.spans[row])
            guard let value else { continue }
            let agent = rows.strings.intern(table.strings[table.agents[row]])
            rows.append(
                trace: UInt32(trace), span: table.spans[row], start: table.starts[row], value: value, agent: agent)
        }
        for (step, value) in zip(sequence.steps, stepRewards) where !known.contains(step.span) {
            guard let value else { continue }
            rows.append(
                trace: UInt32(trace), span: step.span, start: 0, value: Float(value),
                agent: rows.strings.intern(step.agent))
        }
        return rows
    }
}
