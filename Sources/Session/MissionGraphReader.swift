package import TraceAnalysis
package import TraceModel
package import TraceStore

/// Reads what the graph of a trace is made from.
package enum MissionGraphReader {
    /// So many spans a person can be shown as a graph.
    package static let shown = 10_000

    /// Of a trace with more spans than `limit`, those nearest to its root.
    package static func graph(
        of trace: TraceID, in store: some TraceStore, limit: Int = .max
    ) async throws(StoreError) -> MissionGraph {
        let table = try await store.spans(of: trace)
        let positions = table.count <= limit ? Array(0..<table.count) : nearest(table, limit)
        var bodies: [SpanBody] = []
        bodies.reserveCapacity(positions.count)
        try await store.forEachBody(of: positions.map { table.refs[$0] }) { _, body throws(StoreError) in
            bodies.append(try body.get())
        }
        var graph = MissionGraph(positions.count == table.count ? table : table.keeping(positions), bodies)
        graph.omitted = table.count - positions.count
        return graph
    }

    /// Who calls whom in these traces.
    package static func map(of traces: [TraceID], in store: some TraceStore) async -> MissionGraph {
        var map = ServiceMap()
        for trace in traces {
            if Task.isCancelled { break }
            if let table = try? await store.spans(of: trace) { map.add(table) }
        }
        return map.graph
    }

    private static func nearest(_ table: SpanTable, _ limit: Int) -> [Int] {
        let places = Dictionary(zip(table.ids, 0..<table.count), uniquingKeysWith: { first, _ in first })
        var depths = [Int](repeating: -1, count: table.count)
        for span in 0..<table.count {
            var chain: [Int] = []
            var at = span
            while depths[at] < 0, chain.count <= table.count {
                chain.append(at)
                depths[at] = 0
                guard let parent = places[table.parents[at]] else { break }
                at = parent
            }
            var depth = chain.last == at ? -1 : depths[at]
            for span in chain.reversed() {
                depth += 1
                depths[span] = depth
            }
        }
        return (0..<table.count).sorted { (depths[$0], $0) < (depths[$1], $1) }.prefix(limit).sorted()
    }
}

extension SpanTable {
    /// The spans at these positions alone.
    fileprivate func keeping(_ positions: [Int]) -> SpanTable {
        var kept = SpanTable(trace: trace)
        kept.strings = strings
        for (new, old) in positions.enumerated() {
            kept.refs.append(refs[old])
            kept.ids.append(ids[old])
            kept.parents.append(parents[old])
            kept.starts.append(starts[old])
            kept.durations.append(durations[old])
            kept.traits.append(traits[old])
            kept.names.append(names[old])
            kept.services.append(services[old])
            if let value = usage[Int32(old)] { kept.usage[Int32(new)] = value }
            if let value = rewards[Int32(old)] { kept.rewards[Int32(new)] = value }
        }
        return kept
    }
}
