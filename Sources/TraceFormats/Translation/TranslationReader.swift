import TraceModel

/// Feeds a file to a translator in windows, from front to back.
package struct TranslationReader {
    private var translator: any TraceTranslator
    private let shape: ForeignFormat.Shape
    private let mayBeOpen: Bool
    private let lines: JSONLines
    /// Lines that were taken so far.
    package private(set) var taken = 0

    /// Who makes many of them lends each the same memory.
    package init(_ format: ForeignFormat, _ source: TranslationSource, reading lines: JSONLines = JSONLines()) {
        self.lines = lines
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
        taken += later.taken
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
            let lines = lines
            let used = lines.index(window, at: offset, isLast: isLast)
            takeLines(lines, into: &output)
            return used
        }
    }

    private mutating func takeDocument(
        _ text: UnsafeRawBufferPointer, _ offset: UInt64, _ output: inout TranslationOutput
    ) {
        let body = text.withoutMark
        let place = RecordPlace(
            bytes: ByteRange(
                offset: offset + UInt64(text.count - body.count), length: UInt32(clamping: body.count)), line: nil)
        JSONDocument().read(body) { value, outcome in
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

    /// Takes lines that follow those that were taken so far.
    mutating func takeLines(_ lines: JSONLines, into output: inout TranslationOutput) {
        let isBrief = output.isBrief
        lines.forEach { line in
            taken += 1
            guard let first = line.bytes.first(where: { $0 > 0x20 }) else { return }
            var place = RecordPlace(bytes: line.place, line: taken)
            place.isBrief = isBrief
            output.enter(line.place)
            let isContainer = first | 0x20 == 0x7B
            if isContainer, line.outcome == .whole {
                translator.take(line.value, at: place, into: &output)
            } else if isContainer, line.outcome == .cutOff, line.isUnended {
                output.report("cut off: the line ends inside a record", at: place)
            } else {
                translator.take(text: line.bytes, at: place, into: &output)
            }
        }
    }
}
