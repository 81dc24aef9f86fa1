import Testing
import TraceModel
import TraceQuery

@Suite struct ReviewQueueTests {
    /// Traces by start, reward and errors.
    private func table(_ traces: [(start: Int64, reward: Float, errors: UInt32)]) -> TraceTable {
        var table = TraceTable()
        for (index, trace) in traces.enumerated() {
            table.ids.append(TraceID(high: 7, low: UInt64(index)))
            table.starts.append(trace.start)
            table.rewards.append(trace.reward)
            table.errors.append(trace.errors)
            table.durations.append(1)
            table.spans.append(1)
            table.tokensIn.append(0)
            table.tokensOut.append(0)
            table.costs.append(.nan)
            table.traits.append([])
            for column in [
                \TraceTable.roots, \.titles, \.services, \.agents, \.sources, \.names, \.sessions, \.models, \.formats,
            ] { table[keyPath: column].append(0) }
        }
        return table
    }

    private var some: TraceTable {
        table([(30, 0.9, 0), (10, .nan, 2), (20, 0.1, 0), (40, 0.55, 1), (-5, .nan, 0)])
    }

    @Test(
        "puts first what the order says; what has no reward comes last, the newest of it first",
        arguments: [
            (ReviewQueue.Order.oldest, [4, 1, 2, 0, 3] as [UInt32]), (.newest, [3, 0, 2, 1, 4]),
            (.lowest, [2, 3, 0, 1, 4]), (.uncertain, [3, 0, 2, 1, 4]), (.errors, [1, 3, 0, 2, 4]),
        ])
    func orders(order: ReviewQueue.Order, positions: [UInt32]) {
        #expect(ReviewQueue(nil, order: order).positions(in: some) == positions)
    }

    @Test("draws the same sample for the same seed, another for another, and keeps it when more traces come")
    func sample() {
        let traces = (0..<200).map { (start: Int64($0), reward: Float.nan, errors: UInt32(0)) }
        let whole = table(traces)
        let first = ReviewQueue(nil, order: .random, seed: 1).positions(in: whole)
        #expect(first == ReviewQueue(nil, order: .random, seed: 1).positions(in: whole))
        #expect(first != ReviewQueue(nil, order: .random, seed: 2).positions(in: whole))
        #expect(first != first.sorted() && first.sorted() == (0..<200).map { UInt32($0) })
        let part = ReviewQueue(nil, order: .random, seed: 1).positions(in: table(Array(traces.prefix(150))))
        #expect(part == first.filter { $0 < 150 })
    }

    @Test("holds what its filter wants, and has the name of what it asks for")
    func filter() throws {
        let queue = ReviewQueue(try TraceQuery("reward<0.6"), order: .lowest)
        #expect(queue.positions(in: some) == [2, 3])
        #expect(queue.name == "reward<0.6, lowest first")
        #expect(ReviewQueue(nil, order: .random, seed: 3).name == "all, random 3")
    }
}
