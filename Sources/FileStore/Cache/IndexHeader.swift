/// The first page of a kept index: what it was made from, and where everything in it is.
///
/// All words of 64 bits, the last of them a checksum of the others.
struct IndexHeader: Equatable {
    static let bytes = 4096
    private static let words = 48
    /// "SPNDRLIX".
    private static let magic: UInt64 = 0x5849_4C52_444E_5053
    /// One more with every change of the layout or of the meaning of anything that is kept.
    private static let version: UInt64 = 6

    /// The tables beside the blocks, in the order in which they stand.
    enum Table: Int, CaseIterable {
        case names, nameEnds, texts, textEnds, contexts, usage, rewards, logs, traces, superseded, ranges,
            blockChecksums
        case problems
    }

    struct Section: Equatable {
        var bytes: UInt64 = 0
        var checksum: UInt64 = 0
    }

    var source = SourceMark()
    var format: UInt64 = 0
    var compression: UInt64 = 0
    var rows: UInt64 = 0
    var scannedEnd: UInt64 = 0
    var lines: UInt64 = 0
    var metrics: UInt64 = 0
    var problems: UInt64 = 0
    /// The prices that went into what is kept.
    var prices: UInt64 = 0
    var sections = [Section](repeating: Section(), count: Table.allCases.count)

    init() {}

    /// Nothing where the page is not the first of a kept index of this version.
    init?(_ page: UnsafeRawBufferPointer) {
        guard page.count >= Self.words * 8 else { return nil }
        let words = (0..<Self.words).map { page.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
        guard words[0] == Self.magic, words[1] == Self.version, words[2] == Self.recordSizes else { return nil }
        guard words[Self.words - 1] == Self.checksum(words) else { return nil }
        source = SourceMark(words: Array(words[3..<9]))
        format = words[9]
        compression = words[10]
        rows = words[11]
        scannedEnd = words[12]
        lines = words[13]
        metrics = words[14]
        problems = words[15]
        for table in sections.indices {
            sections[table] = Section(bytes: words[16 + table * 2], checksum: words[17 + table * 2])
        }
        prices = words[16 + sections.count * 2]
    }

    /// The page as it is written.
    var page: [UInt8] {
        var words = [Self.magic, Self.version, Self.recordSizes] + source.words
        words += [format, compression, rows, scannedEnd, lines, metrics, problems]
        for section in sections { words += [section.bytes, section.checksum] }
        words.append(prices)
        words += [UInt64](repeating: 0, count: Self.words - words.count)
        words[Self.words - 1] = Self.checksum(words)
        var page = words.withUnsafeBytes { Array($0) }
        page += [UInt8](repeating: 0, count: Self.bytes - page.count)
        return page
    }

    /// Where the blocks begin, and after them the tables.
    static let firstBlock = UInt64(bytes)

    /// Bytes of the block with so many rows.
    static func blockBytes(_ rows: Int) -> Int { (rows + 7) / 8 * 8 * SpanColumns.bytesPerRow }

    var blockCount: Int { (Int(rows) + SpanBlock.rows - 1) / SpanBlock.rows }

    /// Bytes of all the blocks.
    var allBlocks: Int {
        let last = Int(rows) % SpanBlock.rows
        return Int(rows) / SpanBlock.rows * Self.blockBytes(SpanBlock.rows) + Self.blockBytes(last)
    }

    func offset(of table: Table) -> UInt64 {
        sections[..<table.rawValue].reduce(Self.firstBlock + UInt64(allBlocks)) { $0 + $1.bytes }
    }

    var fileSize: UInt64 {
        sections.reduce(Self.firstBlock + UInt64(allBlocks)) { $0 + $1.bytes }
    }

    /// The sizes of all records in one word, so that an index of other records is not believed.
    private static var recordSizes: UInt64 {
        [
            SpanColumns.bytesPerRow, MemoryLayout<ContextRow>.stride, MemoryLayout<UsageRow>.stride,
            MemoryLayout<LogRow>.stride, MemoryLayout<KeptTrace>.stride, SpanBlock.rows >> 10,
        ].reduce(0) { $0 << 10 | UInt64($1) }
    }

    private static func checksum(_ words: [UInt64]) -> UInt64 {
        words.withUnsafeBytes { Checksum.of(UnsafeRawBufferPointer(rebasing: $0[..<((Self.words - 1) * 8)])) }
    }
}
