/// Every reward that stands, in columns, so that a million are shared, grouped and drawn without a million objects.
///
/// Sorted by trace, then by start.
package struct RewardTable: Sendable {
    /// Positions in the `TraceTable` of the same store.
    package var traces: [UInt32] = []
    /// Zero where the trace was judged as a whole.
    package var spans: [SpanID] = []
    /// Nanoseconds since the epoch.
    package var starts: [Int64] = []
    package var values: [Float] = []
    /// Numbers into `strings`; the empty string where the span names no agent of its own.
    package var agents: [UInt32] = []
    package var strings = StringTable()
    /// Of rows whose reward was judged here by named parts, those.
    package var parts: [Int: RewardParts] = [:]

    package init() {}

    package var count: Int { traces.count }

    package mutating func append(trace: UInt32, span: SpanID, start: Int64, value: Float, agent: UInt32) {
        traces.append(trace)
        spans.append(span)
        starts.append(start)
        values.append(value)
        agents.append(agent)
    }

    /// The rows of a trace.
    package func rows(of trace: Int) -> Range<Int> {
        let first = firstRow { $0 < UInt32(trace) }
        return first..<max(first, firstRow { $0 <= UInt32(trace) })
    }

    private func firstRow(where isBefore: (UInt32) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(traces[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The rewards of a trace's steps, in their order; without what the trace as a whole was given.
    package func steps(of trace: Int) -> [Float] {
        rows(of: trace).filter { !spans[$0].isZero }.map { values[$0] }
    }

    /// Puts the rows into their order, where they are not.
    package mutating func sort() {
        let isSorted = (1..<max(count, 1)).allSatisfy {
            (traces[$0 - 1], starts[$0 - 1]) <= (traces[$0], starts[$0])
        }
        guard !isSorted else { return }
        let order = traces.indices.sorted {
            (traces[$0], starts[$0], spans[$0].value) < (traces[$1], starts[$1], spans[$1].value)
        }
        traces = order.map { traces[$0] }
        spans = order.map { spans[$0] }
        starts = order.map { starts[$0] }
        values = order.map { values[$0] }
        agents = order.map { agents[$0] }
    }
}
