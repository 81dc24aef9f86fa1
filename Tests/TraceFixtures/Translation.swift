package import TraceFormats
package import TraceModel

/// What a file of another system's becomes, recognised and translated as a reader of files does it.
package struct Translation {
    package private(set) var output = TranslationOutput()
    package let format: TraceFormat

    package enum Fault: Error {
        case notRecognised(String)
        case notTranslated(TraceFormat)
        case leftARest
        /// The index, and what is made of its rows, says something else than the translation.
        case indexDiffers(String)
        /// Found neither in the record nor among the translators' words: a search would not find it.
        case wordNotInRecord(String)
    }

    /// `window` is how much is handed over at a time; by default all.
    package init(
        _ text: String, path: String = "", modified: Int64 = 0, beside names: [String] = [], window: Int? = nil
    ) throws {
        try self.init(
            Array(text.utf8),
            TranslationSource(path: path, modified: modified, folder: TranslationFolder { names }), window: window)
    }

    package init(_ bytes: [UInt8], _ source: TranslationSource, window: Int? = nil) throws {
        switch bytes.withUnsafeBytes({ FormatRecogniser.recognise($0, isWhole: true) }) {
        case .format(let format): self.format = format
        case .unknown(let what, _): throw Fault.notRecognised(what)
        }
        guard var reader = TranslationReader(format, source) else { throw Fault.notTranslated(format) }
        var position = 0
        var size = window ?? bytes.count
        while true {
            let end = min(position + size, bytes.count)
            let isLast = end == bytes.count
            let used = bytes[position..<end].withUnsafeBytes {
                reader.take($0, at: UInt64(position), isLast: isLast, into: &output)
            }
            position += used
            if isLast {
                guard position == bytes.count else { throw Fault.leftARest }
                for window in [bytes.count, 700] { try IndexedRecords(bytes, format, source, window)?.check(output) }
                return
            }
            size = used == 0 ? size * 2 : window ?? bytes.count
        }
    }

    package var spans: [TranslatedSpan] { output.spans.map(\.whole) }

    package var problems: [ScanProblem] { output.problems }

    /// The only span of a name, or the first of several.
    package func span(_ name: String) -> SpanBody? { spans.first { $0.body.name == name }?.body }
}

extension SpanBody {
    package subscript(key: String) -> AttributeValue? { attributes.last { $0.key == key }?.value }

    package func text(_ key: String) -> String? {
        if case .string(let text) = self[key] { text } else { nil }
    }
}

extension TranslatedSpan {
    /// The same with all that is said of it in its body, as a reader has it.
    package var whole: TranslatedSpan {
        var whole = self
        whole.body = wholeBody
        return whole
    }
}
