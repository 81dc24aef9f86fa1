import Dispatch
import Synchronization
import TraceModel

/// Works out the facts of every trace that has changed, over all the indexes, on all the cores.
///
/// Traces are taken in ranges of about a million spans. A range's spans are sorted by trace with a counting sort, so the
/// memory needed beside the index is that of a few ranges, whatever the size of the file.
struct FactsPass {
    private let reader: RowReader
    /// Whether each trace is to be done.
    private let isDirty: [Bool]

    init(_ indexes: [SpanIndex], isDirty: [Bool]) {
        reader = RowReader(indexes)
        self.isDirty = isDirty
    }

    /// `spans` has about how many spans each trace has.
    func run(spans: [UInt32], workers: Int) -> [TraceFacts] {
        let ranges = Self.ranges(spans, isDirty)
        let results = Mutex([[TraceFacts]](repeating: [], count: ranges.count))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(max(workers, 1), max(ranges.count, 1))) { _ in
            while true {
                let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard turn < ranges.count else { return }
                let facts = facts(of: ranges[turn])
                results.withLock { $0[turn] = facts }
            }
        }
        return results.withLock { Array($0.joined()) }
    }

    private static func ranges(_ spans: [UInt32], _ isDirty: [Bool]) -> [Range<Int>] {
        var total = 0
        for (trace, count) in spans.enumerated() where isDirty[trace] { total += Int(count) }
        let size = max(1_000_000, total / 16)
        var ranges: [Range<Int>] = []
        var first: Int?
        var last = 0
        var held = 0
        for (trace, count) in spans.enumerated() where isDirty[trace] {
            if first == nil { first = trace }
            last = trace
            held += Int(count)
            guard held >= size, let start = first else { continue }
            ranges.append(start..<trace + 1)
            first = nil
            held = 0
        }
        if let first { ranges.append(first..<last + 1) }
        return ranges
    }

    private func facts(of traces: Range<Int>) -> [TraceFacts] {
        // The counts become the places where each trace's spans begin, and then where they end.
        var places = [Int](repeating: 0, count: traces.count + 1)
        forEachSpan(of: traces) { trace, _ in places[trace - traces.lowerBound + 1] += 1 }
        for index in 1..<places.count { places[index] += places[index - 1] }
        let total = places[traces.count]
        let refs = UnsafeMutableBufferPointer<SpanRef>.allocate(capacity: max(total, 1))
        defer { refs.deallocate() }
        var ends = places
        forEachSpan(of: traces) { trace, ref in
            refs.initializeElement(at: ends[trace - traces.lowerBound], to: ref)
            ends[trace - traces.lowerBound] += 1
        }
        var rows = TraceRows()
        var usage = UsageTally()
        var facts: [TraceFacts] = []
        for trace in traces where isDirty[trace] {
            let place = places[trace - traces.lowerBound]..<places[trace - traces.lowerBound + 1]
            guard !place.isEmpty else { continue }
            rows.load(UnsafeBufferPointer(rebasing: refs[place]), from: reader)
            facts.append(TraceFacts(of: UInt32(trace), rows, reader, usage: &usage))
        }
        return facts
    }

    @inline(__always)
    private func forEachSpan(of traces: Range<Int>, _ body: (Int, SpanRef) -> Void) {
        for (unit, index) in reader.indexes.enumerated() {
            for (block, range) in index.ranges.enumerated()
            where Int(range.low) < traces.upperBound && Int(range.high) >= traces.lowerBound {
                let column = index.blocks[block].columns.traces
                let first = block * SpanBlock.rows
                for row in 0..<index.rows(ofBlock: block) {
                    let trace = Int(column[row])
                    guard trace >= traces.lowerBound, trace < traces.upperBound, isDirty[trace] else { continue }
                    if !index.retired.isEmpty, index.retired.contains(UInt32(first + row)) { continue }
                    body(trace, SpanRef(unit: UInt32(unit), row: UInt32(first + row)))
                }
            }
        }
    }
}
