import TraceFormats
import TraceModel
import TraceStore

/// Searches logs, and finds the spans that they were written in.
struct LogSearch {
    private let searcher: SpanSearcher

    init(_ searcher: SpanSearcher) {
        self.searcher = searcher
    }

    /// A log that names no span that is there stands for the first of its trace.
    func matches() throws(StoreError) -> [SpanRef] {
        var spans: [UInt32: Set<UInt64>] = [:]
        var open: (context: ContextRow, file: OpenFile)?
        let reader = SpanReader(searcher.library)
        let lines = JSONLines()
        let search = SpanSearch(searcher.needle)
        for index in searcher.reader.indexes {
            for chunk in index.logs.rows.chunks {
                for log in chunk where searcher.trace == nil || searcher.trace == log.trace {
                    if searcher.cancel.isCancelled { return [] }
                    if spans[log.trace]?.contains(log.spanID) == true { continue }
                    let context = index.contexts[Int(log.context)]
                    let entry = searcher.files[Int(context.file)]
                    let format = entry.format ?? .otlpJSON
                    if open?.context.hasContent(of: context) != true {
                        open = (context, try reader.content(of: context, entry))
                    }
                    guard let content = open?.file else { continue }
                    let bytes = try SpanReader.read(log.place, content, entry)
                    let isMatch = bytes.withUnsafeBytes { bytes in
                        guard context.isOfRecords else { return search.matches(bytes, format) }
                        guard search.mayMatch(record: bytes) else { return false }
                        return searcher.library.record(bytes, at: log.place, of: entry, reading: lines)?
                            .matches(search, logOf: log.spanID) == true
                    }
                    if isMatch { spans[log.trace, default: []].insert(log.spanID) }
                }
            }
        }
        return spans.sorted { $0.key < $1.key }.flatMap { refs(of: $0.key, $0.value) }
    }

    private func refs(of trace: UInt32, _ spans: Set<UInt64>) -> [SpanRef] {
        var refs: [SpanRef] = []
        for (unit, index) in searcher.reader.indexes.enumerated() {
            index.forEachRow(of: trace) { refs.append(SpanRef(unit: UInt32(unit), row: UInt32($0))) }
        }
        var rows = TraceRows()
        refs.withUnsafeBufferPointer { rows.load($0, from: searcher.reader) }
        let live = rows.entries.filter { !$0.isSuperseded }
        var matches = live.filter { spans.contains($0.id) }.map(\.ref)
        if matches.count < spans.count, let first = live.min(by: { ($0.start, $0.id) < ($1.start, $1.id) }) {
            matches.append(first.ref)
        }
        return matches
    }
}
