/// Turns what another system left into spans, record by record.
///
/// A translator is a value that sees one file from front to back. What it hands over may be revised: a span that is handed
/// over again replaces the earlier one, and pieces of a span (`TranslatedSpan.isPiece`) are put together, whichever files
/// they come from. So a file that grows needs only its new records to be read.
package protocol TraceTranslator {
    /// Takes a record: of a format of lines a line, of a document the whole.
    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput)

    /// Takes a line that is no JSON. Unless a format knows what to do with it, it is a problem.
    mutating func take(text: UnsafeRawBufferPointer, at place: RecordPlace, into output: inout TranslationOutput)

    /// Hands over what is still held back: nothing follows for now. May be called again after more records.
    mutating func finish(into output: inout TranslationOutput)

    /// Hands over what records before a byte of the file came to, as far as those behind can only add pieces to it. Called
    /// now and then, so that not too much is held back; what is handed over must not depend on when.
    mutating func settle(before offset: UInt64, into output: inout TranslationOutput)

    /// Takes in what another knows, which read the records that follow, from where this one ended: after that, this one
    /// has to be as if it had read them all. Only of formats whose records are read in any order.
    mutating func join(_ later: Self)
}

extension TraceTranslator {
    package mutating func take(
        text: UnsafeRawBufferPointer, at place: RecordPlace, into output: inout TranslationOutput
    ) {
        output.report("not JSON", at: place)
    }

    package mutating func finish(into output: inout TranslationOutput) {}

    package mutating func settle(before offset: UInt64, into output: inout TranslationOutput) {}

    package mutating func join(_ later: Self) {}

    mutating func join(any later: any TraceTranslator) {
        if let later = later as? Self { join(later) }
    }
}

/// Where a record stands in its file.
package struct RecordPlace: Sendable, Hashable {
    package var bytes: ByteRange
    /// Counted from 1; of a document nothing.
    package var line: Int?
    /// Only what an index takes notice of is wanted of the record: whole it is read when it is shown.
    package var isBrief = false

    package init(bytes: ByteRange, line: Int?) {
        self.bytes = bytes
        self.line = line
    }

    /// A value within the record.
    package func place(of value: JSONView) -> RecordPlace {
        let range = value.range
        var place = self
        place.bytes = ByteRange(
            offset: bytes.offset + UInt64(range.lowerBound), length: UInt32(clamping: range.count))
        return place
    }

    /// The same, to be remembered for a span that is no record's own.
    package var remembered: RecordPlace {
        var place = self
        place.isBrief = false
        return place
    }
}
