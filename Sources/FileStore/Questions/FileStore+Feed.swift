import Synchronization
import TraceModel
package import TraceStore

extension FileStore {
    package func feed(after cursor: SpanFeed.Cursor?, limit: Int) async -> SpanFeed {
        await Background.run { [library] in FeedReader(library).feed(after: cursor, limit: limit) }
    }
}

/// Reads what came last out of the indexes: their newest rows, whatever else they hold.
private struct FeedReader {
    private let library: Library
    private let indexes: [SpanIndex]
    private let traces: TraceTable

    init(_ library: Library) {
        self.library = library
        (indexes, traces) = library.contents.withLock { ($0.indexes, $0.catalog.table) }
    }

    func feed(after cursor: SpanFeed.Cursor?, limit: Int) -> SpanFeed {
        var entries: [SpanFeed.Entry] = []
        // Spans that are told in pieces are put together from all of their traces.
        var pieced: [UInt32] = []
        for (unit, index) in indexes.enumerated() {
            let known = cursor.map { unit < $0.rows.count ? $0.rows[unit] : 0 } ?? 0
            for row in max(known, index.count - limit, 0)..<index.count where !index.retired.contains(UInt32(row)) {
                let span = index[row]
                guard !span.traits.isPiece else {
                    if pieced.last != span.trace { pieced.append(span.trace) }
                    continue
                }
                entries.append(entry(span, SpanRef(unit: UInt32(unit), row: UInt32(row)), index))
            }
        }
        for trace in Set(pieced).sorted() {
            guard let table = TraceAssembly(library, trace: traces.ids[Int(trace)])?.table() else { continue }
            entries += (0..<table.count).map { entry($0, table, trace) }
        }
        entries.sort { ($0.start, $0.id) < ($1.start, $1.id) }
        return SpanFeed(
            entries: entries.suffix(limit), cursor: SpanFeed.Cursor(rows: indexes.map(\.count)))
    }

    private func name(of trace: UInt32) -> String {
        let name = traces.names[Int(trace)]
        return name == 0 ? "\(traces.ids[Int(trace)])" : traces.strings[name]
    }

    private func entry(_ span: SpanRow, _ ref: SpanRef, _ index: SpanIndex) -> SpanFeed.Entry {
        var hint = 0
        return SpanFeed.Entry(
            trace: traces.ids[Int(span.trace)], traceName: name(of: span.trace), id: SpanID(span.spanID), ref: ref,
            start: span.start,
            duration: span.duration, traits: span.traits, name: index.strings[span.name],
            service: index.strings[index.contexts[Int(span.context)].service],
            usage: span.hasUsage ? index.usage(of: ref.row, hint: &hint) : nil, reward: index.reward(of: ref.row))
    }

    private func entry(_ span: Int, _ table: SpanTable, _ trace: UInt32) -> SpanFeed.Entry {
        SpanFeed.Entry(
            trace: table.trace, traceName: name(of: trace), id: table.ids[span], ref: table.refs[span],
            start: table.starts[span],
            duration: table.durations[span], traits: table.traits[span], name: table.strings[table.names[span]],
            service: table.strings[table.services[span]], usage: table.usage[Int32(span)],
            reward: table.rewards[Int32(span)])
    }
}
