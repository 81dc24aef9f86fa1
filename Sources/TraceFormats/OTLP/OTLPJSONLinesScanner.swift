import TraceModel

/// Scans OTLP as JSON lines. A line that cannot be read costs that line.
struct OTLPJSONLinesScanner: TraceScanner {
    private let indexer = JSONIndexer()
    private var walker: OTLPJSONWalker

    init(_ prices: ModelPrices) {
        walker = OTLPJSONWalker(prices)
    }

    mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        walker.beginBatch()
        batch.reserve(bytes: window.count)
        let whole = isLast ? window.count : window.lastLineEnd
        guard whole > 0 else { return 0 }
        let lines = UnsafeRawBufferPointer(rebasing: window[..<whole])
        let text = offset == 0 ? lines.withoutMark : lines
        let offset = offset + UInt64(whole - text.count)
        switch indexer.index(text) {
        case .indexed:
            scanLines(text, JSONCursor(text: text, offsets: indexer.offsets, count: indexer.count), offset, &batch)
        case .invalidUTF8, .controlCharacter, .failed:
            scanOneByOne(text, offset, &batch)
        }
        return whole
    }

    /// All lines with one index of the whole window.
    private mutating func scanLines(
        _ text: UnsafeRawBufferPointer, _ cursor: JSONCursor, _ offset: UInt64, _ batch: inout SpanBatch
    ) {
        var cursor = cursor
        let tokens = cursor.count
        Self.forEachLine(text, &batch) { line, batch in
            var end = cursor.at
            // Lines hold thousands of tokens: leap, then look closely.
            var step = 1024
            while step > 0 {
                while end + step <= tokens, cursor.offset(end + step - 1) < line.upperBound { end += step }
                step /= 4
            }
            cursor.count = end
            Self.scanLine(&walker, &cursor, origin: offset, text: text, line: line, &batch)
            cursor.count = tokens
            cursor.at = end
        }
    }

    /// Each line with an index of its own, where the window as a whole cannot be indexed.
    private mutating func scanOneByOne(_ text: UnsafeRawBufferPointer, _ offset: UInt64, _ batch: inout SpanBatch) {
        Self.forEachLine(text, &batch) { line, batch in
            let bytes = UnsafeRawBufferPointer(rebasing: text[line])
            indexer.withCursor(on: bytes) { cursor, outcome in
                var cursor = cursor
                let before = batch.count
                Self.scanLine(
                    &walker, &cursor, origin: offset + UInt64(line.lowerBound), text: bytes, line: 0..<bytes.count,
                    &batch)
                if batch.count == before, outcome == .indexed { return }
                switch outcome {
                case .invalidUTF8:
                    batch.problems.append(
                        ScanProblem(place: .line(batch.lines), what: "bytes that are not UTF-8; shown as �"))
                case .controlCharacter:
                    batch.problems.append(
                        ScanProblem(
                            place: .line(batch.lines), what: "a bare control character in a string; read as a blank"))
                default: break
                }
            }
        }
    }

    private static func forEachLine(
        _ text: UnsafeRawBufferPointer, _ batch: inout SpanBatch, _ body: (Range<Int>, inout SpanBatch) -> Void
    ) {
        var start = 0
        while start < text.count {
            let end = text.lineEnd(from: start)
            body(start..<end, &batch)
            start = end + 1
            if end < text.count { batch.lines += 1 }
        }
    }

    private static func scanLine(
        _ walker: inout OTLPJSONWalker, _ cursor: inout JSONCursor, origin: UInt64, text: UnsafeRawBufferPointer,
        line: Range<Int>, _ batch: inout SpanBatch
    ) {
        guard !cursor.isAtEnd else {
            if line.contains(where: { text[$0] > 0x20 }) { report("not JSON", &batch) }
            return
        }
        walker.reset()
        let problems = batch.problems.count
        let outcome = walker.walk(&cursor, origin: origin, into: &batch)
        for index in problems..<batch.problems.count { batch.problems[index].place = .line(batch.lines) }
        switch outcome {
        case .done: if !walker.hasSeenOTLP { report("not OTLP: no resourceSpans in it", &batch) }
        case .incomplete: report("cut off: the line ends inside a record", &batch)
        case .malformed(let at): report("not JSON from character \(at - line.lowerBound + 1) on", &batch)
        }
    }

    private static func report(_ what: String, _ batch: inout SpanBatch) {
        batch.problems.append(ScanProblem(place: .line(batch.lines), what: what))
    }
}
