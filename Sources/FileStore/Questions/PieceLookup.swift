import Synchronization
import TraceModel

/// Finds the rows that have pieces of a span. All who ask a store share one.
final class PieceLookup: Sendable {
    private struct Known {
        var trace: TraceID
        /// The changes of the trace so far.
        var version: UInt32
        /// By span, and of each in the order of the files.
        var rows: [(span: UInt64, ref: SpanRef)]
    }

    private let known = Mutex<Known?>(nil)

    /// Where many spans of a trace are asked for, its rows are put in order once; for one, they are gone through.
    func refs(of span: SpanID, in trace: TraceID, _ library: Library, isOneOfMany: Bool) -> [SpanRef] {
        let found = library.contents.withLock { contents in
            contents.catalog.number(of: trace).map {
                (number: $0, version: contents.catalog.table.versions[Int($0)], indexes: contents.indexes)
            }
        }
        guard let found else { return [] }
        let rows = known.withLock { known -> [(span: UInt64, ref: SpanRef)]? in
            if known?.trace == trace, known?.version == found.version { return known?.rows }
            guard isOneOfMany else { return nil }
            let rows = Self.rows(of: found.number, found.indexes)
            known = Known(trace: trace, version: found.version, rows: rows)
            return rows
        }
        return rows.map { Self.refs(of: span, in: $0) } ?? Self.refs(of: found.number, span, found.indexes)
    }

    private static func refs(of trace: UInt32, _ span: SpanID, _ indexes: [SpanIndex]) -> [SpanRef] {
        var refs: [SpanRef] = []
        for (unit, index) in indexes.enumerated() {
            index.forEachRow(of: trace) { row in
                if index[row].spanID == span.value { refs.append(SpanRef(unit: UInt32(unit), row: UInt32(row))) }
            }
        }
        return refs
    }

    private static func rows(of trace: UInt32, _ indexes: [SpanIndex]) -> [(span: UInt64, ref: SpanRef)] {
        var rows: [(span: UInt64, ref: SpanRef)] = []
        for (unit, index) in indexes.enumerated() {
            index.forEachRow(of: trace) { row in
                rows.append((index[row].spanID, SpanRef(unit: UInt32(unit), row: UInt32(row))))
            }
        }
        rows.sort { ($0.span, $0.ref.unit, $0.ref.row) < ($1.span, $1.ref.unit, $1.ref.row) }
        return rows
    }

    private static func refs(of span: SpanID, in rows: [(span: UInt64, ref: SpanRef)]) -> [SpanRef] {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].span < span.value { low = middle + 1 } else { high = middle }
        }
        return rows[low...].prefix { $0.span == span.value }.map(\.ref)
    }
}
