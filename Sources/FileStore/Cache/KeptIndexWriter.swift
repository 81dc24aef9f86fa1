import TraceFormats
import TraceModel
import TraceStore

/// Writes a kept index: the blocks as they are in memory, then the tables, and the header last.
struct KeptIndexWriter {
    private let file: OpenFile
    private var header = IndexHeader()
    private var position = IndexHeader.firstBlock

    init(file: OpenFile) {
        self.file = file
    }

    mutating func write(_ kept: KeptIndex, source: SourceMark, prices: UInt64) throws(SystemError) {
        let index = kept.index
        header.source = source
        header.prices = prices
        header.format = Checksum.of(kept.format.rawValue)
        header.compression = Checksum.of("\(kept.compression)")
        header.rows = UInt64(index.count)
        header.scannedEnd = kept.scannedEnd
        header.lines = UInt64(kept.lines)
        header.metrics = UInt64(kept.metrics)
        header.problems = UInt64(kept.problems.count)
        let checksums = try writeBlocks(index)
        try add(.names, index.strings.arena)
        try add(.nameEnds, index.strings.bounds)
        try add(.texts, kept.texts.arena)
        try add(.textEnds, kept.texts.bounds)
        try add(.contexts, index.contexts)
        try add(.usage, index.usage)
        try add(.rewards, index.rewards)
        try add(.logs, index.logs.rows)
        try add(.traces, kept.traces)
        try add(.superseded, index.superseded)
        try add(.ranges, index.ranges)
        try add(.blockChecksums, checksums)
        try add(.problems, KeptProblems.bytes(of: kept.problems))
        try file.write(header.page, at: 0)
    }

    private mutating func writeBlocks(_ index: SpanIndex) throws(SystemError) -> [UInt64] {
        var checksums: [UInt64] = []
        for (number, block) in index.blocks.enumerated() {
            let rows = index.rows(ofBlock: number)
            let capacity = (rows + 7) / 8 * 8
            // The last block has room to grow in memory, and none on disk.
            let exact = block.columns.capacity == capacity ? block : block.grown(keeping: rows, to: capacity)
            let bytes = UnsafeRawBufferPointer(start: exact.columns.base, count: IndexHeader.blockBytes(rows))
            checksums.append(Checksum.of(bytes))
            try file.write(bytes, at: position)
            withExtendedLifetime(exact) { position += UInt64(bytes.count) }
        }
        return checksums
    }

    private mutating func add<Element>(_ table: IndexHeader.Table, _ elements: [Element]) throws(SystemError) {
        header.sections[table.rawValue] = IndexHeader.Section(
            bytes: UInt64(elements.count * MemoryLayout<Element>.stride),
            checksum: elements.withUnsafeBytes { Checksum.of($0) })
        try file.write(elements, at: position)
        position += header.sections[table.rawValue].bytes
    }

    private mutating func add<Element>(
        _ table: IndexHeader.Table, _ elements: ChunkedArray<Element>
    ) throws(SystemError) {
        try add(table, Array(elements.chunks.joined()))
    }
}
