extension SpanIndex {
    /// The traces of a catalog of `count` that this index has spans or logs of, in the order in which they were met, and
    /// for each trace of the catalog its place among them, or the greatest number.
    func tracesAsMet(of count: Int) -> (traces: [Int], numbers: [UInt32]) {
        var traces: [Int] = []
        var numbers = [UInt32](repeating: .max, count: count)
        func meet(_ trace: UInt32) {
            guard numbers[Int(trace)] == .max else { return }
            numbers[Int(trace)] = UInt32(traces.count)
            traces.append(Int(trace))
        }
        for (number, block) in blocks.enumerated() {
            let column = block.columns.traces
            for row in 0..<rows(ofBlock: number) { meet(column[row]) }
        }
        for chunk in logs.rows.chunks {
            for log in chunk { meet(log.trace) }
        }
        return (traces, numbers)
    }

    /// The same index with `traces[n]` for trace number n, and all its contexts in the file `file`.
    func renumbered(traces: [UInt32], file: UInt32) -> SpanIndex {
        var contexts = ChunkedArray<ContextRow>()
        for chunk in self.contexts.chunks {
            for var context in chunk {
                context.file = file
                contexts.append(context)
            }
        }
        if zip(traces, UInt32(0)...).allSatisfy({ $0 == $1 }) {
            return SpanIndex(
                blocks: blocks, ranges: ranges, count: count, strings: strings, contexts: contexts, usage: usage,
                rewards: rewards, logs: logs, superseded: superseded)
        }
        let logs = logs.renumbered(traces: traces)
        var ranges = self.ranges
        let blocks = self.blocks.enumerated().map { number, block in
            let renumbered = block.grown(keeping: rows(ofBlock: number), to: block.columns.capacity)
            let column = renumbered.columns.traces
            ranges[number] = .none
            for row in 0..<rows(ofBlock: number) {
                let trace = traces[Int(column[row])]
                column[row] = trace
                ranges[number].take(trace)
            }
            return renumbered
        }
        return SpanIndex(
            blocks: blocks, ranges: ranges, count: count, strings: strings, contexts: contexts, usage: usage,
            rewards: rewards, logs: logs, superseded: superseded)
    }
}
