package import TraceModel

/// Looks for text in the bytes of spans and logs: in their names, keys, values, messages and ids.
package struct SpanSearch {
    private let needle: SearchText
    private let indexer = JSONIndexer()
    /// Part of the needle that stands as it is in the JSON of anything that matches, but for `escapes`.
    private let jsonProbe: TextProbe?
    /// The whole needle, where nothing but text can match it.
    private let textProbe: TextProbe?
    /// A word of the needle that stands in the record of any translated span that matches, but for `escapes`.
    private let recordProbe: TextProbe?
    private let escapes = TextProbe(Array(#"\u00"#.utf8), ignoresCase: false)

    package init(_ needle: SearchText) {
        self.needle = needle
        let isPlain = needle.text.utf8.allSatisfy { $0 < 0x80 }
        let bytes = Array((needle.isCaseSensitive ? needle.text : needle.text.lowercased()).utf8)
        let run = bytes.split { !Self.standsAsItIs($0) }.max { $0.count < $1.count }
        func probe(_ bytes: [UInt8]) -> TextProbe { TextProbe(bytes, ignoresCase: !needle.isCaseSensitive) }
        jsonProbe = isPlain ? run.map { probe(Array($0)) } : nil
        let word = Self.words(bytes).filter { !TranslatedWords.contain($0) }.max { $0.count < $1.count }
        recordProbe = isPlain ? word.map { probe(Array($0)) } : nil
        let canBeNumber = bytes.allSatisfy { Hexadecimal.nibble($0) != nil || $0 == UInt8(ascii: "-") }
        textProbe = isPlain && !canBeNumber ? probe(bytes) : nil
    }

    package func matches(_ bytes: UnsafeRawBufferPointer, _ format: TraceFormat) -> Bool {
        // Nearly all bytes of a file have no match in them, and are passed without being taken apart.
        if format.isJSON {
            if let jsonProbe, !jsonProbe.isFound(in: bytes), !escapes.isFound(in: bytes) { return false }
            return matchesJSON(bytes)
        }
        if let textProbe, !textProbe.isFound(in: bytes) { return false }
        return matchesProtobuf(ProtobufReader(bytes), depth: 40)
    }

    /// False where no span that is made of the record can match.
    package func mayMatch(record: UnsafeRawBufferPointer) -> Bool {
        guard let recordProbe else { return true }
        return recordProbe.isFound(in: record) || escapes.isFound(in: record)
    }

    /// Runs of letters and digits.
    private static func words(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split { !(48...57).contains($0) && !(65...90).contains($0) && !(97...122).contains($0) }
    }

    func matches(_ span: TranslatedSpan) -> Bool {
        matches { OTLPProtobufWriter.write(span.body, further: span.attributes, &$0) }
    }

    func matches(_ log: LogRecord) -> Bool {
        matches { OTLPProtobufWriter.write(log, &$0) }
    }

    private func matches(_ write: (inout ProtobufWriter) -> Void) -> Bool {
        var writer = ProtobufWriter()
        write(&writer)
        return writer.withBytes { matches($0, .otlpProtobuf) }
    }

    /// Whether writers of JSON have no other way to put it but as `\u00XX`.
    private static func standsAsItIs(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: " "), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Every string and number counts, but for the keys, which are OTLP's own, and times.
    private func matchesJSON(_ bytes: UnsafeRawBufferPointer) -> Bool {
        indexer.withCursor(on: bytes) { cursor, _ in
            var token = 0
            while token < cursor.count {
                let byte = cursor.byte(token)
                if byte == UInt8(ascii: "\"") {
                    if cursor.byte(token + 1) == UInt8(ascii: ":") {
                        let key = cursor.stringBytes(token)
                        token +=
                            key.count > 8 && key.last == UInt8(ascii: "o") && key.contains(UInt8(ascii: "N")) ? 3 : 2
                        continue
                    }
                    let text = cursor.stringBytes(token)
                    if JSONText.hasEscape(text) {
                        if JSONText.withUnescaped(text, { needle.matches($0) }) { return true }
                    } else if needle.matches(text) {
                        return true
                    }
                } else if byte == UInt8(ascii: "-") || (48...57).contains(byte),
                    needle.matches(cursor.scalarBytes(token))
                {
                    return true
                }
                token += 1
            }
            return false
        }
    }

    /// Without knowing the fields: a stretch of bytes is looked at as text, and as a message where it can be one.
    private func matchesProtobuf(_ message: ProtobufReader, depth: Int) -> Bool {
        var reader = message
        while let field = reader.next() {
            switch field.wire {
            case .bytes:
                let bytes = reader.bytes(field)
                if needle.matches(bytes) { return true }
                if bytes.count == 16, needle.matches("\(OTLPProtobufDecoder.traceID(bytes))") { return true }
                if bytes.count == 8, needle.matches("\(SpanID(OTLPProtobufDecoder.spanID(bytes)))") { return true }
                if depth > 0, matchesProtobuf(reader.message(field), depth: depth - 1) { return true }
            case .varint: if needle.matches("\(Int64(bitPattern: field.value))") { return true }
            case .fixed64, .fixed32: break
            }
        }
        return false
    }
}
