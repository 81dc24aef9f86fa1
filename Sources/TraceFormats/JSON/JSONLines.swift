import TraceModel

/// Lends views of the lines of a window, each a JSON text of its own, in memory that it keeps for the next window.
///
/// All lines are indexed at once, before anybody asks for them.
package final class JSONLines {
    /// Good for as long as the window stays in place, and no other is indexed.
    struct Line {
        let place: ByteRange
        let bytes: UnsafeRawBufferPointer
        let value: JSONView
        let outcome: JSONDocument.Outcome
        /// The file ends where the line does, without a line end.
        let isUnended: Bool
    }

    private struct Indexed {
        var range: Range<Int>
        var tokens: Range<Int>
        var outcome: JSONDocument.Outcome
    }

    private let indexer = JSONIndexer()
    private lazy var document = JSONDocument()
    private var pairs = JSONPairs()
    private var text = UnsafeRawBufferPointer(start: nil, count: 0)
    private var offset: UInt64 = 0
    private var isLast = false
    private var lines: [Indexed] = []
    /// Lines are indexed one by one, where all at once cannot be.
    private var isIndexed = false

    package init() {}

    var count: Int { lines.count }

    /// Indexes the whole lines of a window that begins at `offset` of the file, and returns how many bytes they are. With
    /// `isLast` nothing follows, and what stands behind the last line end is a line as well.
    func index(_ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool) -> Int {
        let used = isLast ? window.count : window.lastLineEnd
        let whole = UnsafeRawBufferPointer(rebasing: window[..<used])
        text = offset == 0 ? whole.withoutMark : whole
        self.offset = offset + UInt64(used - text.count)
        self.isLast = isLast
        isIndexed = indexer.index(text) == .indexed
        indexLines()
        return used
    }

    private func indexLines() {
        // Taken out while they are written to: what is in an object costs a check each time.
        var (lines, pairs) = (self.lines, self.pairs)
        (self.lines, self.pairs) = ([], JSONPairs())
        defer { (self.lines, self.pairs) = (lines, pairs) }
        lines.removeAll(keepingCapacity: true)
        let (text, isIndexed, offsets) = (text, isIndexed, indexer.offsets)
        let count = isIndexed ? indexer.count : 0
        pairs.reserve(count)
        var (start, token) = (0, 0)
        while start < text.count {
            var line = Indexed(range: start..<text.lineEnd(from: start), tokens: token..<token, outcome: .empty)
            if isIndexed, let offsets {
                while token < count, offsets[token] < line.range.upperBound {
                    offsets[token] -= UInt32(start)
                    token += 1
                }
                line.tokens = line.tokens.lowerBound..<token
                line.outcome = pairs.note(cursor(on: line), at: line.tokens.lowerBound)
            }
            lines.append(line)
            start = line.range.upperBound + 1
        }
    }

    func forEach(_ body: (Line) -> Void) {
        let pairs = pairs
        for line in lines {
            if isIndexed {
                let first = line.tokens.lowerBound
                pairs.withEnds(at: first) { body(self.line(line, JSONView(cursor(on: line), $0), line.outcome)) }
            } else {
                document.read(bytes(of: line)) { body(self.line(line, $0, $1)) }
            }
        }
    }

    private func line(_ line: Indexed, _ value: JSONView, _ outcome: JSONDocument.Outcome) -> Line {
        Line(
            place: ByteRange(
                offset: offset + UInt64(line.range.lowerBound), length: UInt32(clamping: line.range.count)),
            bytes: bytes(of: line), value: value, outcome: outcome,
            isUnended: isLast && line.range.upperBound == text.count)
    }

    private func bytes(of line: Indexed) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text[line.range])
    }

    private func cursor(on line: Indexed) -> JSONCursor {
        JSONCursor(
            text: bytes(of: line), offsets: indexer.offsets.map { UnsafePointer($0 + line.tokens.lowerBound) },
            count: line.tokens.count,
            // Of a character that is cut off at the end nobody says that it is none.
            isUTF8: text.last ?? 0 < 0x80)
    }
}
