import Dispatch
import TraceFormats
package import TraceModel
package import TraceStore

extension FileStore {
    package func find(
        _ needle: SearchText, in trace: TraceID?, found: @escaping @Sendable ([SpanMatch]) -> Void
    ) async throws(StoreError) {
        let (indexes, files, ids, number) = content.withLock { content in
            (
                content.indexes, content.files, content.catalog.table.ids,
                trace.flatMap { content.catalog.number(of: $0) }
            )
        }
        if trace != nil, number == nil { return }
        for (unit, index) in indexes.enumerated() {
            let search = IndexSearch(needle, index, UInt32(unit), files, ids, only: number, spans: indexes)
            await Task.detached { search.run(found) }.cancellable.value
            if Task.isCancelled { return }
        }
    }
}

extension Task where Success == Void, Failure == Never {
    /// Passes the cancelling of who waits on to the task.
    fileprivate var cancellable: Task<Void, Never> {
        let task = self
        return Task {
            await withTaskCancellationHandler {
                await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }
}

/// Searches the spans and logs of one index, in the order of the file, in large reads.
private struct IndexSearch: Sendable {
    private let needle: SearchText
    private let index: SpanIndex
    private let unit: UInt32
    private let files: [StoredFile]
    private let ids: [TraceID]
    private let only: UInt32?
    /// Where the spans of logs may be.
    private let indexes: [SpanIndex]

    /// Spans whose bytes lie so close are read together.
    private static let read: UInt64 = 4 << 20

    init(
        _ needle: SearchText, _ index: SpanIndex, _ unit: UInt32, _ files: [StoredFile], _ ids: [TraceID],
        only: UInt32?,
        spans indexes: [SpanIndex]
    ) {
        self.needle = needle
        self.index = index
        self.unit = unit
        self.files = files
        self.ids = ids
        self.only = only
        self.indexes = indexes
    }

    func run(_ found: @Sendable ([SpanMatch]) -> Void) {
        let search = SpanSearch(needle)
        var window = Window()
        var matches: [SpanMatch] = []
        for row in index.currentRows {
            if row & 0xFFF == 0 {
                if Task.isCancelled { return }
                if !matches.isEmpty { found(matches) }
                matches = []
            }
            let span = index[row]
            if let only, span.trace != only { continue }
            let file = index.contexts[Int(span.context)].file
            guard let bytes = window.bytes(span.place, file, files) else { continue }
            if search.matches(bytes, files[Int(file)].format) {
                matches.append(match(span.trace, SpanRef(unit: unit, row: UInt32(row))))
            }
        }
        addLogs(search, &window, &matches)
        if !matches.isEmpty { found(matches) }
    }

    private struct SpanOfLog: Hashable {
        var trace: UInt32
        var span: UInt64
    }

    /// A log that matches makes its span one, whichever file the span is in.
    private func addLogs(_ search: SpanSearch, _ window: inout Window, _ matches: inout [SpanMatch]) {
        var wanted: Set<SpanOfLog> = []
        for position in 0..<index.logs.count {
            let log = index.logs[position]
            if let only, log.trace != only { continue }
            let file = index.contexts[Int(log.context)].file
            guard let bytes = window.bytes(log.place, file, files), search.matches(bytes, files[Int(file)].format)
            else {
                continue
            }
            wanted.insert(SpanOfLog(trace: log.trace, span: log.spanID))
        }
        guard !wanted.isEmpty else { return }
        for (unit, index) in indexes.enumerated() {
            for row in index.currentRows
            where wanted.contains(SpanOfLog(trace: index[row].trace, span: index[row].spanID)) {
                matches.append(match(index[row].trace, SpanRef(unit: UInt32(unit), row: UInt32(row))))
            }
        }
    }

    private func match(_ trace: UInt32, _ span: SpanRef) -> SpanMatch {
        SpanMatch(trace: ids[Int(trace)], span: span)
    }

    /// A stretch of a file that is in memory.
    private struct Window {
        private var file: UInt32?
        private var open: OpenFile?
        private var offset: UInt64 = 0
        private var count = 0
        private var buffer = Buffer()

        mutating func bytes(_ range: ByteRange, _ number: UInt32, _ files: [StoredFile]) -> UnsafeRawBufferPointer? {
            if file != number {
                file = number
                open = try? files[Int(number)].source()
                count = 0
            }
            guard let open else { return nil }
            if range.offset < offset || range.offset + UInt64(range.length) > offset + UInt64(count) {
                offset = range.offset
                let size = max(Int(range.length), Int(IndexSearch.read))
                buffer.reserve(size)
                count = (try? open.read(into: buffer.room(size), at: offset)) ?? 0
            }
            let start = Int(range.offset - offset)
            guard start + Int(range.length) <= count else { return nil }
            return buffer.bytes(start..<start + Int(range.length))
        }
    }

    /// Memory that grows and is freed with the last window on it.
    private final class Buffer {
        private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 64)

        func reserve(_ size: Int) {
            guard memory.count < size + 64 else { return }
            memory.deallocate()
            memory = .allocate(byteCount: size + 64, alignment: 64)
        }

        func room(_ size: Int) -> UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(rebasing: memory[..<size])
        }

        func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[range]) }

        deinit { memory.deallocate() }
    }
}
