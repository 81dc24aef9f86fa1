import Glibc
import TraceModel

/// Scans OTLP as one JSON document of any size, or several behind each other. It is taken apart down to the spans, so
/// that no more of it than one span needs to be in memory.
struct OTLPJSONDocumentScanner: TraceScanner {
    private let indexer = JSONIndexer()
    private var walker: OTLPJSONWalker
    private var isStarted = false

    init(_ prices: ModelPrices) {
        walker = OTLPJSONWalker(prices)
    }

    mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        walker.beginBatch()
        // A byte order mark is no token, and may not be all there yet.
        if !isStarted, !isLast, window.count < 3 { return 0 }
        let text = isStarted ? window : window.withoutMark
        let skipped = window.count - text.count
        let origin = offset + UInt64(skipped)
        let problems = batch.problems.count
        let used = indexer.withCursor(on: text) { cursor, outcome -> Int in
            var cursor = cursor
            if outcome == .controlCharacter {
                batch.problems.append(
                    ScanProblem(place: .byte(origin), what: "bare control characters in strings; read as blanks"))
            } else if outcome == .invalidUTF8 {
                batch.problems.append(ScanProblem(place: .byte(origin), what: "bytes that are not UTF-8; shown as �"))
            } else if outcome == .failed {
                return isLast ? text.count : 0
            }
            return walk(&cursor, text, origin, isLast, &batch)
        }
        isStarted = isStarted || used > 0
        if isLast, walker.isInside, batch.problems.count == problems {
            batch.problems.append(
                ScanProblem(
                    place: .byte(offset + UInt64(window.count)), what: "cut off: the file ends inside the document"))
        }
        return used == 0 ? (isLast ? window.count : 0) : used + skipped
    }

    private mutating func walk(
        _ cursor: inout JSONCursor, _ text: UnsafeRawBufferPointer, _ origin: UInt64, _ isLast: Bool,
        _ batch: inout SpanBatch
    ) -> Int {
        while true {
            switch walker.walk(&cursor, origin: origin, into: &batch) {
            case .done: return text.count
            case .incomplete(let at):
                guard isLast else { return at }
                batch.problems.append(
                    ScanProblem(place: .byte(origin + UInt64(at)), what: "cut off: the file ends inside a record"))
                walker.reset()
                return text.count
            case .malformed(let at):
                batch.problems.append(ScanProblem(place: .byte(origin + UInt64(at)), what: "not JSON from here on"))
                walker.reset()
                // The next line that begins a document is the next place that means something.
                guard let next = Self.nextDocument(text, after: at) else { return text.count }
                while !cursor.isAtEnd, cursor.offset(cursor.at) < next { cursor.at += 1 }
            }
        }
    }

    private static func nextDocument(_ text: UnsafeRawBufferPointer, after offset: Int) -> Int? {
        var at = offset
        while at + 1 < text.count {
            if text[at] == 10, text[at + 1] == UInt8(ascii: "{") { return at + 1 }
            at += 1
        }
        return nil
    }
}
