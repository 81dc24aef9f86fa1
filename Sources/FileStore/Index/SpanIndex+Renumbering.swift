extension SpanIndex {
    /// For each trace of a catalog of `count` whether this index has spans or logs of it: 0, or the greatest number.
    func traceNumbers(of count: Int) -> [UInt32] {
        var numbers = [UInt32](repeating: .max, count: count)
        for (number, block) in blocks.enumerated() {
            let traces = block.columns.traces
            for row in 0..<rows(ofBlock: number) { numbers[Int(traces[row])] = 0 }
        }
        for chunk in logs.chunks {
            for log in chunk { numbers[Int(log.trace)] = 0 }
        }
        return numbers
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
                logs: logs, superseded: superseded)
        }
        var logs = ChunkedArray<LogRow>()
        for chunk in self.logs.chunks {
            for log in chunk { logs.append(log.renumbered(trace: traces[Int(log.trace)])) }
        }
        var ranges = self.ranges
        let blocks = self.blocks.enumerated().map { number, block in
            let renumbered = block.grown(keeping: rows(ofBlock: number), to: block.columns.capacity)
            let column = renumbered.columns.traces
            ranges[number] = TraceRange(low: .max, high: 0)
            for row in 0..<rows(ofBlock: number) {
                let trace = traces[Int(column[row])]
                column[row] = trace
                ranges[number].low = min(ranges[number].low, trace)
                ranges[number].high = max(ranges[number].high, trace)
            }
            return renumbered
        }
        return SpanIndex(
            blocks: blocks, ranges: ranges, count: count, strings: strings, contexts: contexts, usage: usage, logs: logs,
            superseded: superseded)
    }
}
