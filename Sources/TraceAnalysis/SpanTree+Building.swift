package import TraceModel

extension SpanTree {
    package init(_ table: SpanTable) {
        self.table = table
        flatten(SpanForest(table))
        measure()
        findSlowest()
        findCriticalPath()
    }

    private mutating func flatten(_ forest: SpanForest) {
        let size = forest.firstChild.count
        kinds.reserveCapacity(size)
        spans.reserveCapacity(size)
        parents.reserveCapacity(size)
        depths.reserveCapacity(size)
        nodes = Array(repeating: 0, count: table.count)
        var pending: [(item: Int32, parent: Int32)] = [(forest.firstTop, -1)]
        while let (item, parent) = pending.popLast() {
            guard item >= 0 else { continue }
            let node = Int32(kinds.count)
            if Int(item) < table.count {
                kinds.append(.span)
                spans.append(item)
                nodes[Int(item)] = node
            } else {
                let made = forest.made[Int(item) - table.count]
                kinds.append(made.kind)
                spans.append(made.span)
            }
            parents.append(parent)
            depths.append(parent < 0 ? 0 : depths[Int(parent)] + 1)
            pending.append((forest.nextSibling[Int(item)], parent))
            pending.append((forest.firstChild[Int(item)], node))
        }
    }

    /// From the last node to the first, so that what is below a node is known when the node's turn comes.
    private mutating func measure() {
        ends = (0..<Int32(count)).map { $0 + 1 }
        errors = Array(repeating: 0, count: count)
        starts = Array(repeating: Int64.max, count: count)
        stops = Array(repeating: Int64.min, count: count)
        let latest = table.latest
        for node in (0..<count).reversed() {
            if kinds[node] == .span {
                let span = Int(spans[node])
                let traits = table.traits[span]
                starts[node] = table.starts[span]
                stops[node] = traits.isRunning ? max(latest, starts[node]) : table.stop(of: span)
                if traits.status == .error {
                    errors[node] += 1
                    errorCount += 1
                }
                if traits.isRunning { runningCount += 1 }
            }
            guard let parent = parent(of: node) else { continue }
            ends[parent] = max(ends[parent], ends[node])
            errors[parent] += errors[node]
            if kinds[parent] != .span {
                starts[parent] = Self.earlier(starts[parent], starts[node])
                stops[parent] = max(stops[parent], stops[node])
            }
        }
        // A span without a time stands first, and takes none.
        start = table.starts.first { $0 > 0 } ?? table.starts.first ?? 0
        stop = max(start, latest)
    }

    /// The earlier of two times; zero is none, and stretches nothing back to the epoch.
    private static func earlier(_ known: Int64, _ time: Int64) -> Int64 {
        if known == .max { return time }
        return known == 0 || time == 0 ? max(known, time) : min(known, time)
    }
}

extension SpanTable {
    /// The end of a span, bounded where its times are absurd.
    package func stop(of span: Int) -> Int64 {
        let (stop, overflows) = starts[span].addingReportingOverflow(durations[span])
        return overflows ? .max : stop
    }

    /// The last moment that any span speaks of.
    package var latest: Int64 {
        var latest = starts.last ?? 0
        for span in 0..<count { latest = max(latest, stop(of: span)) }
        return latest
    }
}
