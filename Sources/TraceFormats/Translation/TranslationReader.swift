import Glibc
import TraceModel

/// Feeds a file to a translator in windows, from front to back.
package struct TranslationReader {
    private var translator: any TraceTranslator
    private let shape: ForeignFormat.Shape
    private let mayBeOpen: Bool
    private let document: JSONDocument
    /// Taken so far.
    private(set) var lines = 0

    /// Who makes many of them lends each the same document.
    package init(
        _ format: ForeignFormat, _ source: TranslationSource, reading document: JSONDocument = JSONDocument()
    ) {
        self.document = document
        translator = format.makeTranslator(source)
        shape = format.shape
        mayBeOpen = format.mayBeOpen
    }

    /// Nothing for a format that is not translated.
    package init?(_ format: TraceFormat, _ source: TranslationSource) {
        guard let foreign = ForeignFormat.of(format) else { return nil }
        self.init(foreign, source)
    }

    /// Goes on from where another ended, which read what comes behind.
    package mutating func join(_ later: TranslationReader) {
        translator.join(any: later.translator)
        lines += later.lines
    }

    /// Hands over what the translator holds back and can be told now that all before a place is read.
    package mutating func settle(before offset: UInt64, isLast: Bool, into output: inout TranslationOutput) {
        translator.settle(before: offset, into: &output)
        if isLast { translator.finish(into: &output) }
    }

    /// Takes what is complete in a window that begins at `offset` of the file, and returns how many bytes that is; the rest
    /// is handed over again with more behind it. With `isLast` nothing follows: all is taken. A whole document needs a
    /// window of the whole file.
    package mutating func take(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into output: inout TranslationOutput
    ) -> Int {
        let used = takeRecords(window, at: offset, isLast: isLast, into: &output)
        settle(before: offset + UInt64(used), isLast: isLast, into: &output)
        return used
    }

    /// The same, without handing over what is held back.
    mutating func takeRecords(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into output: inout TranslationOutput
    ) -> Int {
        switch shape {
        case .document:
            guard isLast else { return 0 }
            takeDocument(window, offset, &output)
            return window.count
        case .lines:
            let used = isLast ? window.count : OTLPJSONLinesScanner.lastLineEnd(window)
            takeLines(UnsafeRawBufferPointer(rebasing: window[..<used]), offset, isLast: isLast, &output)
            return used
        }
    }

    private mutating func takeDocument(
        _ text: UnsafeRawBufferPointer, _ offset: UInt64, _ output: inout TranslationOutput
    ) {
        let skipped = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let place = RecordPlace(
            bytes: ByteRange(offset: offset + UInt64(skipped), length: UInt32(clamping: text.count - skipped)),
            line: nil)
        let document = document
        document.read(UnsafeRawBufferPointer(rebasing: text[skipped...])) { value, outcome in
            switch outcome {
            case .whole: break
            case .cutOff where mayBeOpen: break
            case .cutOff:
                output.report(
                    "cut off: the document ends early; what there was is shown",
                    at: RecordPlace(bytes: ByteRange(offset: offset + UInt64(text.count), length: 0), line: nil))
            case .malformed(let at):
                let start = place.bytes.offset + UInt64(at)
                output.report(
                    "not JSON from here on; what was before is shown",
                    at: RecordPlace(bytes: ByteRange(offset: start, length: 0), line: nil))
            case .empty: return
            }
            translator.take(value, at: place, into: &output)
        }
    }

    private mutating func takeLines(
        _ text: UnsafeRawBufferPointer, _ offset: UInt64, isLast: Bool, _ output: inout TranslationOutput
    ) {
        var start = offset == 0 && text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < text.count {
            let end = text.lineEnd(from: start)
            lines += 1
            let line = UnsafeRawBufferPointer(rebasing: text[start..<end])
            var place = RecordPlace(
                bytes: ByteRange(offset: offset + UInt64(start), length: UInt32(clamping: line.count)), line: lines)
            place.isBrief = output.isBrief
            let isCutOff = isLast && end == text.count
            output.enter(place.bytes)
            take(line, place, isCutOff: isCutOff, &output)
            start = end + 1
        }
    }

    private mutating func take(
        _ line: UnsafeRawBufferPointer, _ place: RecordPlace, isCutOff: Bool, _ output: inout TranslationOutput
    ) {
        guard let first = line.first(where: { $0 > 0x20 }) else { return }
        guard first | 0x20 == 0x7B else { return translator.take(text: line, at: place, into: &output) }
        let document = document
        document.read(line) { value, outcome in
            switch outcome {
            case .whole: translator.take(value, at: place, into: &output)
            case .cutOff where isCutOff: output.report("cut off: the line ends inside a record", at: place)
            case .cutOff, .malformed, .empty: translator.take(text: line, at: place, into: &output)
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Where the line that `start` is in ends: at its line end, or at the end of all.
    fileprivate func lineEnd(from start: Int) -> Int {
        guard let base = baseAddress, let found = memchr(base + start, 10, count - start) else { return count }
        return base.distance(to: UnsafeRawPointer(found))
    }
}
