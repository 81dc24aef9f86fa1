import Dispatch
import Glibc
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Reads a kept index: the blocks on all cores into one buffer, each checked while it is still in the core's cache.
struct KeptIndexReader {
    private let file: OpenFile
    private let header: IndexHeader
    private let buffer: HugeBuffer
    private let failed = FailureMark()

    /// Set by whichever thread finds something wrong.
    private final class FailureMark: Sendable {
        let isSet = Atomic(false)
    }

    init?(file: OpenFile, header: IndexHeader) {
        guard let buffer = HugeBuffer(count: header.allBlocks) else { return nil }
        self.file = file
        self.header = header
        self.buffer = buffer
    }

    /// Nothing where anything is not as it was written.
    func read(_ format: TraceFormat, _ compression: Compression, workers: Int) -> KeptIndex? {
        guard
            let checksums: [UInt64] = table(.blockChecksums), checksums.count == header.blockCount,
            let ranges: [TraceRange] = table(.ranges), ranges.count == header.blockCount
        else { return nil }
        let next = Atomic(0)
        let tables = Mutex<KeptIndex?>(nil)
        // One turn more than there are blocks is that of the tables, and is taken first.
        DispatchQueue.concurrentPerform(iterations: max(1, workers)) { _ in
            while !failed.isSet.load(ordering: .relaxed) {
                let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard turn <= header.blockCount else { return }
                if turn == 0 {
                    let read = readTables(format, compression, ranges)
                    tables.withLock { $0 = read }
                } else if !readBlock(turn - 1, checksum: checksums[turn - 1]) {
                    failed.isSet.store(true, ordering: .relaxed)
                }
            }
        }
        return failed.isSet.load(ordering: .relaxed) ? nil : tables.withLock { $0 }
    }

    private func readBlock(_ block: Int, checksum: UInt64) -> Bool {
        let offset = block * IndexHeader.blockBytes(SpanBlock.rows)
        let length = IndexHeader.blockBytes(rows(of: block))
        let bytes = UnsafeMutableRawBufferPointer(start: buffer.base + offset, count: length)
        guard (try? file.read(into: bytes, at: IndexHeader.firstBlock + UInt64(offset))) == length else { return false }
        return Checksum.of(UnsafeRawBufferPointer(bytes)) == checksum
    }

    private func readTables(
        _ format: TraceFormat, _ compression: Compression, _ ranges: [TraceRange]
    ) -> KeptIndex? {
        guard
            let names = strings(.names, .nameEnds), let texts = strings(.texts, .textEnds),
            let contexts: ChunkedArray<ContextRow> = chunks(.contexts),
            let usage: ChunkedArray<UsageRow> = chunks(.usage),
            let rewards: ChunkedArray<RewardRow> = chunks(.rewards),
            let logs: ChunkedArray<LogRow> = chunks(.logs),
            let traces: [KeptTrace] = table(.traces),
            let superseded: [UInt32] = table(.superseded),
            let problems = problems()
        else { return nil }
        let blocks = (0..<header.blockCount).map { block in
            SpanBlock(
                at: block * IndexHeader.blockBytes(SpanBlock.rows), of: buffer, capacity: (rows(of: block) + 7) / 8 * 8)
        }
        let index = SpanIndex(
            blocks: blocks, ranges: ranges, count: Int(header.rows), strings: names, contexts: contexts, usage: usage,
            rewards: rewards, logs: LogTable(logs), superseded: superseded)
        return KeptIndex(
            index: index, traces: traces, texts: texts, format: format, compression: compression,
            sourceSize: header.source.size, scannedEnd: header.scannedEnd, lines: Int(header.lines),
            metrics: Int(header.metrics), problems: problems)
    }

    private func rows(of block: Int) -> Int {
        min(SpanBlock.rows, Int(header.rows) - block * SpanBlock.rows)
    }

    private func strings(_ arena: IndexHeader.Table, _ ends: IndexHeader.Table) -> StringTable? {
        guard let bytes: [UInt8] = table(arena), let ends: [UInt32] = table(ends) else { return nil }
        return StringTable(arena: bytes, bounds: ends)
    }

    private func chunks<Element>(_ table: IndexHeader.Table) -> ChunkedArray<Element>? {
        guard let elements: [Element] = self.table(table) else { return nil }
        var chunks = ChunkedArray<Element>()
        elements.withUnsafeBufferPointer { chunks.append(contentsOf: $0) }
        return chunks
    }

    private func problems() -> ProblemReport? {
        guard let bytes: [UInt8] = table(.problems) else { return nil }
        return KeptProblems.read(bytes, count: Int(header.problems))
    }

    /// A table whose records have no pointers and no gaps.
    private func table<Element>(_ table: IndexHeader.Table) -> [Element]? {
        let section = header.sections[table.rawValue]
        let stride = MemoryLayout<Element>.stride
        guard section.bytes % UInt64(stride) == 0 else { return nil }
        let count = Int(section.bytes) / stride
        let elements = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            let got = try? file.read(into: bytes, at: header.offset(of: table))
            let isWhole = got == bytes.count && Checksum.of(UnsafeRawBufferPointer(bytes)) == section.checksum
            initialized = isWhole ? count : 0
        }
        return elements.count == count && (count > 0 || section.checksum == Self.emptyChecksum) ? elements : nil
    }

    private static let emptyChecksum = Checksum.of(UnsafeRawBufferPointer(start: nil, count: 0))
}
