extension SpanTree {
    /// Ranks spans by the time in which none of their children ran: where the time really went.
    mutating func findSlowest() {
        var own = [Int64](repeating: 0, count: count)
        var covered = starts
        for node in 0..<count where kinds[node] == .span {
            own[node] = elapsed(from: starts[node], to: stops[node])
            // Siblings come in order of start, so one sweep finds what the children cover.
            guard let parent = spanAbove(node) else { continue }
            let from = max(covered[parent], starts[node])
            let to = min(stops[parent], stops[node])
            if to > from {
                own[parent] -= elapsed(from: from, to: to)
                covered[parent] = to
            }
        }
        let floor = threshold(own)
        slowest = (0..<Int32(count))
            .filter { kinds[Int($0)] == .span && own[Int($0)] >= floor }
            .sorted { (own[Int($1)], $0) < (own[Int($0)], $1) }
        slowest.removeLast(max(0, slowest.count - Self.slowestKept))
    }

    private func spanAbove(_ node: Node) -> Node? {
        var above = parent(of: node)
        while let group = above, kinds[group] == .group { above = parent(of: group) }
        return above.flatMap { kinds[$0] == .span ? $0 : nil }
    }

    private func elapsed(from: Int64, to: Int64) -> Int64 {
        let (difference, overflows) = to.subtractingReportingOverflow(from)
        return overflows ? .max : difference
    }

    /// A time that not many more than `slowestKept` nodes reach, so that only those are sorted: the highest power of
    /// two that is low enough.
    private func threshold(_ own: [Int64]) -> Int64 {
        var histogram = [Int](repeating: 0, count: 65)
        for time in own where time > 0 { histogram[64 - time.leadingZeroBitCount] += 1 }
        var reached = 0
        for bits in histogram.indices.reversed() {
            reached += histogram[bits]
            if reached >= Self.slowestKept { return bits == 0 ? 0 : 1 << Int64(bits - 1) }
        }
        return 0
    }
}
