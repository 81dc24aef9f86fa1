package import TraceModel

/// What every agent's share of every trace comes to, in the order of time: what rewards are grouped and drawn from.
///
/// An entry is the mean of the rewards that an agent's steps have in one trace, or of a trace without any, what it was
/// given as a whole.
package struct RewardLedger: Sendable {
    package struct Entry: Sendable, Hashable {
        /// A position in the trace table.
        package var trace: UInt32
        /// A number into `names`.
        package var agent: UInt32
        /// How many rewards it is the mean of.
        package var steps: UInt32
        package var value: Float
        /// Nanoseconds since the epoch.
        package var start: Int64
    }

    package private(set) var entries: [Entry] = []
    /// Names of agents.
    package private(set) var names = StringTable()
    /// How many traces have any.
    package private(set) var traces = 0

    package init() {}

    package init(_ rewards: RewardTable, _ table: TraceTable) {
        var agents = AgentNumbers(rewards.strings.count, table.strings.count)
        var row = 0
        entries.reserveCapacity(rewards.count / 4)
        // By agent, the entry that was opened for it last; it counts only if that is of this trace.
        var opened: [Int] = []
        while row < rewards.count {
            let trace = rewards.traces[row]
            let first = row
            while row < rewards.count, rewards.traces[row] == trace { row += 1 }
            guard Int(trace) < table.count else { continue }
            traces += 1
            let firstEntry = entries.count
            var whole: Float?
            for row in first..<row {
                guard !rewards.spans[row].isZero else {
                    whole = rewards.values[row]
                    continue
                }
                let agent =
                    rewards.agents[row] != 0
                    ? agents.number(ofOwn: rewards.agents[row], rewards.strings, &names)
                    : agents.number(ofTrace: Int(trace), table, &names)
                while opened.count <= Int(agent) { opened.append(-1) }
                let place = opened[Int(agent)]
                if place >= firstEntry {
                    entries[place].value += rewards.values[row]
                    entries[place].steps += 1
                } else {
                    opened[Int(agent)] = entries.count
                    let start = rewards.starts[row] > 0 ? rewards.starts[row] : table.starts[Int(trace)]
                    entries.append(
                        Entry(trace: trace, agent: agent, steps: 1, value: rewards.values[row], start: start))
                }
            }
            for place in firstEntry..<entries.count { entries[place].value /= Float(entries[place].steps) }
            if entries.count == firstEntry, let whole {
                let agent = agents.number(ofTrace: Int(trace), table, &names)
                entries.append(
                    Entry(trace: trace, agent: agent, steps: 1, value: whole, start: table.starts[Int(trace)]))
            }
        }
        entries.sort { ($0.start, $0.trace) < ($1.start, $1.trace) }
    }

    /// The same, but for one trace, of which `other` tells all.
    package func replacing(_ trace: UInt32, with other: RewardLedger) -> RewardLedger {
        var ledger = self
        ledger.entries.removeAll { $0.trace == trace }
        for entry in other.entries where entry.trace == trace {
            var entry = entry
            entry.agent = ledger.names.intern(other.names[entry.agent])
            let place = ledger.entries.firstIndex { ($0.start, $0.trace) > (entry.start, entry.trace) }
            ledger.entries.insert(entry, at: place ?? ledger.entries.count)
        }
        return ledger
    }

    /// Numbers of agents by the numbers of their names elsewhere, each worked out once.
    private struct AgentNumbers {
        private var own: [UInt32]
        private var ofTraces: [UInt32]

        init(_ own: Int, _ ofTraces: Int) {
            self.own = Array(repeating: .max, count: own)
            self.ofTraces = Array(repeating: .max, count: ofTraces)
        }

        mutating func number(ofOwn id: UInt32, _ strings: StringTable, _ names: inout StringTable) -> UInt32 {
            if own[Int(id)] == .max { own[Int(id)] = strings.withBytes(of: id) { names.intern($0) } }
            return own[Int(id)]
        }

        /// The agent of a trace, or of one that names none its service.
        mutating func number(ofTrace trace: Int, _ table: TraceTable, _ names: inout StringTable) -> UInt32 {
            let id = table.agents[trace] != 0 ? table.agents[trace] : table.services[trace]
            if ofTraces[Int(id)] == .max { ofTraces[Int(id)] = table.strings.withBytes(of: id) { names.intern($0) } }
            return ofTraces[Int(id)]
        }
    }
}
