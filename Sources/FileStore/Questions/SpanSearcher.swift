import Dispatch
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Looks for a text in everything that spans say: first in their names, which are in memory, then in their bodies, in the
/// order in which these stand in the files, and in their logs. Resources and scopes are left out: what a whole service
/// has in common would match every span of it.
struct SpanSearcher: Sendable {
    /// Rows that a worker takes at once: a multiple of 64, so that no two share a word of the marks of what was found.
    private static let turn = 8192

    let library: Library
    let needle: SearchText
    /// Nothing is all traces.
    let trace: UInt32?
    let cancel: CancelMark
    let found: @Sendable ([SpanMatch]) -> Void
    let reader: RowReader
    let files: [FileEntry]
    let traces: [TraceID]
    let names: [NameMatches]
    let marks: FoundMarks

    /// Nothing where the trace is not known.
    init?(
        _ library: Library, _ needle: SearchText, in trace: TraceID?, _ cancel: CancelMark,
        found: @escaping @Sendable ([SpanMatch]) -> Void
    ) {
        let (number, contents) = library.contents.withLock { contents in
            (trace.flatMap { contents.catalog.number(of: $0) }, contents)
        }
        self.library = library
        self.needle = needle
        self.trace = number
        if trace != nil, self.trace == nil { return nil }
        self.cancel = cancel
        self.found = found
        reader = RowReader(contents.indexes)
        files = contents.files
        traces = contents.catalog.table.ids
        names = contents.indexes.map { NameMatches(needle, in: $0.strings) }
        marks = FoundMarks(contents.indexes)
    }

    /// Ends early, and without a word, when it is cancelled. What cannot be read is told once the rest was searched.
    func run() throws(StoreError) {
        let turns = self.turns()
        findNames(turns)
        let failure = Mutex<StoreError?>(nil)
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: max(1, library.options.workers)) { _ in
            var search = BodySearch(self)
            while !cancel.isCancelled {
                let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard turn < turns.count else { return }
                do throws(StoreError) {
                    report(try search.matches(unit: turns[turn].unit, rows: rows(of: turns[turn])))
                } catch {
                    failure.withLock { $0 = $0 ?? error }
                }
            }
        }
        if !cancel.isCancelled {
            do throws(StoreError) {
                report(try LogSearch(self).matches())
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let failure = failure.withLock({ $0 }), !cancel.isCancelled { throw failure }
    }

    /// A stretch of an index.
    private struct Turn {
        var unit: Int
        var rows: Range<Int>
    }

    private func turns() -> [Turn] {
        var turns: [Turn] = []
        for (unit, index) in reader.indexes.enumerated() {
            for first in stride(from: 0, to: index.count, by: Self.turn) {
                let range = index.ranges[first / SpanBlock.rows]
                if let trace, !range.mayHave(trace) { continue }
                turns.append(Turn(unit: unit, rows: first..<min(first + Self.turn, index.count)))
            }
        }
        return turns
    }

    /// Those that count, and are of the trace.
    private func rows(of turn: Turn) -> [UInt32] {
        let index = reader.indexes[turn.unit]
        let columns = index.blocks[turn.rows.lowerBound / SpanBlock.rows].columns
        let first = turn.rows.lowerBound / SpanBlock.rows * SpanBlock.rows
        var superseded = index.superseded[index.superseded.firstPosition(from: turn.rows.lowerBound)...]
        var rows: [UInt32] = []
        for row in turn.rows where trace == nil || columns.traces[row - first] == trace {
            while let next = superseded.first, Int(next) < row { superseded.removeFirst() }
            if superseded.first.map(Int.init) != row { rows.append(UInt32(row)) }
        }
        return rows
    }

    private func findNames(_ turns: [Turn]) {
        for turn in turns where names[turn.unit].isAny {
            if cancel.isCancelled { return }
            let matches = rows(of: turn).filter { row in
                let (columns, position) = reader.columns(of: SpanRef(unit: UInt32(turn.unit), row: row))
                return names[turn.unit].contains(columns.names[position])
            }
            report(matches.map { SpanRef(unit: UInt32(turn.unit), row: $0) })
        }
    }

    /// Each once.
    private func report(_ refs: [SpanRef]) {
        let new = marks.insert(refs)
        guard !new.isEmpty, !cancel.isCancelled else { return }
        found(
            new.map { ref in
                let (columns, row) = reader.columns(of: ref)
                return SpanMatch(trace: traces[Int(columns.traces[row])], span: ref)
            })
    }
}

extension [UInt32] {
    /// The first position in this sorted array of a number that is not less.
    fileprivate func firstPosition(from number: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if Int(self[middle]) < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
