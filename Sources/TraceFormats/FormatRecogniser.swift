import TraceModel

/// Tells a format by its content, never by a name.
package enum FormatRecogniser {
    package enum Answer: Sendable, Equatable {
        case format(TraceFormat)
        /// Nothing that is read here; `isText` where it may be prose, as a README in a folder is.
        case unknown(String, isText: Bool)
    }

    /// `head` has the beginning of the file, unpacked; all of it where `isWhole`.
    package static func recognise(_ head: UnsafeRawBufferPointer, isWhole: Bool) -> Answer {
        var start = head.count - head.withoutMark.count
        while start < head.count, [0x20, 0x0A, 0x0D, 0x09].contains(head[start]) { start += 1 }
        guard start < head.count else { return .unknown("empty: there is nothing in it", isText: false) }
        // A protobuf message begins with 0x0A, which is a line end in text: try it before the blanks are dropped.
        if let format = protobuf(head, isWhole: isWhole) { return .format(format) }
        if head[start] == UInt8(ascii: "{") || head[start] == UInt8(ascii: "[") {
            return json(UnsafeRawBufferPointer(rebasing: head[start...]), isWhole: isWhole)
        }
        if let format = laterLine(head) ?? foreignLine(head) { return .format(format) }
        if let magic = magics.first(where: { head.starts(with: $0.bytes) }) {
            return .unknown("\(magic.name), which holds no traces", isText: false)
        }
        let isBinary = head.prefix(4096).contains { $0 < 0x09 || $0 > 0x0D && $0 < 0x20 && $0 != 0x1B }
        return isBinary
            ? .unknown("binary data of no kind that is read here; OTLP is, as JSON or protobuf", isText: false)
            : .unknown("text, and no trace; OTLP is read, as JSON or protobuf", isText: true)
    }

    private static let magics: [(bytes: [UInt8], name: String)] = [
        ([0x7F, 0x45, 0x4C, 0x46], "a program"), ([0x89, 0x50, 0x4E, 0x47], "a picture (PNG)"),
        ([0xFF, 0xD8, 0xFF], "a picture (JPEG)"), (Array("SQLite format 3".utf8), "an SQLite database"),
        (Array("PK".utf8) + [3, 4], "a zip archive"), (Array("%PDF".utf8), "a PDF"),
    ]

    // MARK: JSON

    private static func json(_ text: UnsafeRawBufferPointer, isWhole: Bool) -> Answer {
        let indexer = JSONIndexer()
        return indexer.withCursor(on: text) { cursor, _ in
            var first = cursor
            let isComplete = first.skip()
            let end = isComplete ? cursor.offset(first.at - 1) + 1 : text.count
            let isOneLine = isComplete && !text[..<end].contains(10)
            if isOneLine, cursor.byte == UInt8(ascii: "{") {
                // The first lines may be something else, or broken.
                let lines = text.split(separator: 10, maxSplits: 50).prefix(50)
                if lines.contains(where: { hasOTLP(UnsafeRawBufferPointer(rebasing: $0)) }) {
                    return .format(.otlpJSONLines)
                }
            }
            if hasKey(cursor) { return .format(.otlpJSON) }
            if let format = laterLine(text) { return .format(format) }
            if let format = foreign(text, hasMore: isOneLine && text[end...].contains { $0 > 0x20 }) {
                return .format(format)
            }
            return .unknown("JSON, but of no format that is known here; see spandrel formats", isText: false)
        }
    }

    /// A format that is translated: by its first lines where those are records of their own, else by the whole.
    private static func foreign(_ text: UnsafeRawBufferPointer, hasMore: Bool) -> TraceFormat? {
        if hasMore, let format = foreignLine(text) { return format }
        return JSONDocument().read(text) { value, _ in
            ForeignFormat.all.first { $0.shape == .document && $0.recognises(value) }?.format
        } ?? foreignLine(text)
    }

    private static func foreignLine(_ text: UnsafeRawBufferPointer) -> TraceFormat? {
        let document = JSONDocument()
        for line in text.split(separator: 10, maxSplits: 50).prefix(50) {
            let line = UnsafeRawBufferPointer(rebasing: line)
            guard let first = line.first(where: { $0 > 0x20 }) else { continue }
            let found: ForeignFormat?
            if first | 0x20 == 0x7B {
                found = document.read(line) { value, _ in
                    ForeignFormat.all.first { $0.shape == .lines && $0.recognises(value) }
                }
            } else {
                let text = String(decoding: line.prefix(4096), as: UTF8.self)
                found = ForeignFormat.all.first { $0.shape == .lines && $0.recognisesText(text) }
            }
            if let found { return found.format }
        }
        return nil
    }

    /// Lines of OTLP behind a first one that is broken.
    private static func laterLine(_ text: UnsafeRawBufferPointer) -> TraceFormat? {
        let lines = text.split(separator: 10, maxSplits: 21).dropFirst().prefix(20)
        return lines.contains { $0.first == UInt8(ascii: "{") && hasOTLP(UnsafeRawBufferPointer(rebasing: $0)) }
            ? .otlpJSONLines : nil
    }

    private static func hasOTLP(_ text: UnsafeRawBufferPointer) -> Bool {
        JSONIndexer().withCursor(on: text) { cursor, _ in hasKey(cursor) }
    }

    /// Whether the outermost object, or an object of the outermost array, has one of OTLP's keys.
    private static func hasKey(_ cursor: JSONCursor) -> Bool {
        var depth = 0
        var limit = cursor.byte == UInt8(ascii: "[") ? 2 : 1
        for token in 0..<cursor.count {
            switch cursor.byte(token) {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\"") where depth <= limit && depth > 0 && cursor.byte(token + 1) == UInt8(ascii: ":"):
                let key = String(decoding: cursor.stringBytes(token), as: UTF8.self)
                if depth == limit, limit < 3, wrappings.contains(key), cursor.byte(token + 2) == UInt8(ascii: "{") {
                    limit += 1
                    continue
                }
                if keys.contains(key), cursor.byte(token + 2) == UInt8(ascii: "[") { return true }
            default: break
            }
        }
        return false
    }

    /// What other tools wrap a document in.
    private static let wrappings: Set<String> = ["trace", "result"]

    private static let keys: Set<String> = [
        "resourceSpans", "resource_spans", "resourceLogs", "resource_logs", "resourceMetrics", "resource_metrics",
        "batches",
    ]

    // MARK: Protobuf

    private static func protobuf(_ head: UnsafeRawBufferPointer, isWhole: Bool) -> TraceFormat? {
        if isRequest(head, 0, length: nil) { return .otlpProtobuf }
        if head.count > 5 {
            let framed = Int(head.loadUnaligned(as: UInt32.self).bigEndian)
            if framed > 0, framed <= head.count - 4 || !isWhole, isRequest(head, 4, length: framed) {
                return .otlpProtobufFramed
            }
            let inner = Int(head.loadUnaligned(fromByteOffset: 1, as: UInt32.self).bigEndian)
            if head[0] == 0, inner > 0, isRequest(head, 5, length: inner) { return .otlpProtobufGRPC }
        }
        var reader = ProtobufReader(head)
        if let length = reader.varint(), length > 0, length < 1 << 31, isRequest(head, reader.at, length: Int(length)) {
            return .otlpProtobufDelimited
        }
        return nil
    }

    /// Whether a message of groups of scopes can begin here: field 1, in it only fields 1 to 3 that are bytes, and in
    /// those at least one more level that makes sense.
    private static func isRequest(_ head: UnsafeRawBufferPointer, _ start: Int, length: Int?) -> Bool {
        guard start < head.count, head[start] == 0x0A else { return false }
        var reader = ProtobufReader(head, start + 1..<head.count)
        guard let group = reader.varint(), group > 1, length.map({ group < $0 }) ?? true else { return false }
        let groupEnd = reader.at + Int(clamping: min(group, 1 << 40))
        guard reader.at < head.count, length != nil || groupEnd <= head.count || head.count >= 4096 else {
            return false
        }
        var inner = ProtobufReader(head, reader.at..<min(groupEnd, head.count))
        var hasScope = false
        while let field = inner.next() {
            guard field.wire == .bytes, (1...3).contains(field.number) || field.number == 1000 else { return false }
            if field.number == 1 {
                var resource = inner.message(field)
                while let part = resource.next() { guard part.number <= 3 else { return false } }
                if resource.isBroken { return false }
            }
            if field.number == 2 || field.number == 1000 { hasScope = true }
        }
        // A group that ends beyond the head is cut off by it, in the middle of a scope as a rule.
        return inner.isBroken ? groupEnd > head.count : hasScope
    }
}
