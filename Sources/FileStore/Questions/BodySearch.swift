import TraceFormats
import TraceModel
import TraceStore

/// Searches bodies. One worker's own: it keeps a buffer and an open file.
struct BodySearch: ~Copyable {
    /// Bodies that stand close to one another are read at once, up to so many bytes, over gaps of at most so many.
    private static let stretch: UInt64 = 4 << 20
    private static let gap: UInt64 = 32 << 10

    private let searcher: SpanSearcher
    private let search: SpanSearch
    private var buffer = ScanBuffer()
    private var open: (context: ContextRow, file: OpenFile)?
    private let lines = JSONLines()
    /// The last record that was made into its spans: the next row may be of the same.
    private var record: (file: UInt32, place: ByteRange, record: TranslatedRecord)?

    init(_ searcher: SpanSearcher) {
        self.searcher = searcher
        search = SpanSearch(searcher.needle)
    }

    /// Of these rows those whose bodies have the text, without those that were found by name.
    mutating func matches(unit: Int, rows: [UInt32]) throws(StoreError) -> [SpanRef] {
        let index = searcher.reader.indexes[unit]
        var matches: [SpanRef] = []
        var first = 0
        while first < rows.count, !searcher.cancel.isCancelled {
            let start = index[Int(rows[first])]
            let context = index.contexts[Int(start.context)]
            var end = start.place.offset + UInt64(start.place.length)
            var last = first + 1
            while last < rows.count {
                let next = index[Int(rows[last])]
                let nextEnd = next.place.offset + UInt64(next.place.length)
                guard
                    next.place.offset >= end && next.place.offset - end <= Self.gap || nextEnd == end,
                    nextEnd - start.place.offset <= Self.stretch,
                    next.context == start.context
                        || index.contexts[Int(next.context)].hasContent(of: context)
                else { break }
                end = nextEnd
                last += 1
            }
            let bytes = ByteRange(offset: start.place.offset, length: UInt32(end - start.place.offset))
            try search(rows[first..<last], unit, in: bytes, context, &matches)
            first = last
        }
        return matches
    }

    private mutating func search(
        _ rows: ArraySlice<UInt32>, _ unit: Int, in bytes: ByteRange, _ context: ContextRow,
        _ matches: inout [SpanRef]
    ) throws(StoreError) {
        let index = searcher.reader.indexes[unit]
        let file = context.file
        let format = searcher.files[Int(file)].format ?? .otlpJSON
        let content = try content(of: context)
        let window = try read(bytes, content, file)
        for row in rows {
            let ref = SpanRef(unit: UInt32(unit), row: row)
            let span = index[Int(row)]
            if searcher.names[unit].contains(span.name) { continue }
            let start = Int(span.place.offset - bytes.offset)
            let body = UnsafeRawBufferPointer(rebasing: window[start..<start + Int(span.place.length)])
            if context.isOfRecords {
                guard search.mayMatch(record: body), let record = self.record(body, at: span.place, of: file)
                else { continue }
                if record.matches(search, span: span.spanID) { matches.append(ref) }
            } else if search.matches(body, format) {
                matches.append(ref)
            }
        }
    }

    private mutating func record(
        _ bytes: UnsafeRawBufferPointer, at place: ByteRange, of file: UInt32
    ) -> TranslatedRecord? {
        if let record, record.file == file, record.place == place { return record.record }
        let made = searcher.library.record(bytes, at: place, of: searcher.files[Int(file)], reading: lines)
        record = made.map { (file, place, $0) }
        return made
    }

    private mutating func content(of context: ContextRow) throws(StoreError) -> OpenFile {
        if let open, open.context.hasContent(of: context) { return open.file }
        let entry = searcher.files[Int(context.file)]
        let content = try SpanReader(searcher.library).content(of: context, entry)
        open = (context, content)
        return content
    }

    private mutating func read(
        _ place: ByteRange, _ content: OpenFile, _ file: UInt32
    ) throws(StoreError) -> UnsafeRawBufferPointer {
        buffer.reserve(Int(place.length))
        let count: Int
        do {
            count = try content.read(into: buffer[0, count: Int(place.length)], at: place.offset)
        } catch {
            throw StoreError("\(searcher.files[Int(file)].found.name) cannot be read: \(error)")
        }
        guard count == Int(place.length) else { throw SourceAccess.changed(searcher.files[Int(file)]) }
        return buffer.window(count)
    }
}
