import Cells
import TraceAnalysis
import TraceModel

/// Makes the rows of a tab, flattened, with where each row's descendants end.
struct SpanPaneBuilder {
    /// So much of one value is laid out; the rest can be copied.
    static let shownBytes = 64 * 1024
    /// Deeper than this a value is shown as one line.
    static let shownDepth = 60

    let width: Int
    let parsed: [String: AttributeValue]
    private(set) var rows: [SpanPaneRow] = []
    private var ends: [Int32] = []
    private var parents: [Int32] = []
    private var open: [Int32] = []

    init(width: Int, parsed: [String: AttributeValue]) {
        self.width = max(20, width)
        self.parsed = parsed
    }

    func outline() -> Outline {
        var outline = Outline(ends: ends, parents: parents)
        outline.fold { !rows[$0].startsOpen }
        return outline
    }

    /// Adds a row, and under it what `children` adds.
    mutating func add(
        _ kind: SpanPaneRow.Kind, key: String, text: String, pieces: [SpanPaneRow.Piece] = [], role: Role = .value,
        value: AttributeValue = .empty, startsOpen: Bool = true, children: (inout SpanPaneBuilder) -> Void = { _ in }
    ) {
        let node = Int32(rows.count)
        rows.append(
            SpanPaneRow(
                kind: kind, depth: open.count, key: key, text: text, pieces: pieces, role: role, value: value,
                startsOpen: startsOpen))
        ends.append(node + 1)
        parents.append(open.last ?? -1)
        open.append(node)
        children(&self)
        open.removeLast()
        ends[Int(node)] = Int32(rows.count)
    }

    mutating func add(_ attributes: [Attribute], startsOpen: Bool = false) {
        for attribute in attributes { add(.attribute, attribute.key, attribute.value, startsOpen: startsOpen) }
    }

    /// A value under its key: containers fold, JSON in strings too, long text wraps.
    mutating func add(_ kind: SpanPaneRow.Kind, _ key: String, _ value: AttributeValue, startsOpen: Bool = false) {
        guard open.count < Self.shownDepth else {
            add(kind, key: key, text: value.summary, role: .jsonFold, value: value)
            return
        }
        switch value {
        case .empty: add(kind, key: key, text: "empty", role: .jsonLiteral, value: value)
        case .bool(let bool): add(kind, key: key, text: "\(bool)", role: .jsonLiteral, value: value)
        case .int(let int): add(kind, key: key, text: "\(int)", role: .jsonNumber, value: value)
        case .double(let double): add(kind, key: key, text: "\(double)", role: .jsonNumber, value: value)
        case .bytes(let bytes): addBytes(kind, key, bytes)
        case .array(let elements):
            add(kind, key: key, text: value.summary, role: .jsonFold, value: value, startsOpen: startsOpen) { builder in
                for (index, element) in elements.enumerated() { builder.add(.attribute, "\(index)", element) }
            }
        case .map(let attributes):
            add(kind, key: key, text: value.summary, role: .jsonFold, value: value, startsOpen: startsOpen) { builder in
                builder.add(attributes)
            }
        case .string(let string): addString(kind, key, string, startsOpen: startsOpen)
        }
    }

    private mutating func addString(_ kind: SpanPaneRow.Kind, _ key: String, _ string: String, startsOpen: Bool) {
        if let value = parsed[string], value.isContainer {
            add(kind, key: key, text: value.summary, role: .jsonFold, value: .string(string), startsOpen: startsOpen) {
                switch value {
                case .map(let attributes): $0.add(attributes)
                case .array(let elements):
                    for (index, element) in elements.enumerated() { $0.add(.attribute, "\(index)", element) }
                default: break
                }
            }
            return
        }
        let room = width - 2 * open.count - 4
        let isShort = string.utf8.count <= max(8, room - key.utf8.count) && !string.utf8.contains(10)
        guard !isShort else {
            add(kind, key: key, text: string, role: .jsonString, value: .string(string))
            return
        }
        let head = String(string.prefix(400).prefix { !$0.isNewline })
        add(kind, key: key, text: head + " …", role: .jsonString, value: .string(string), startsOpen: startsOpen) {
            $0.addText(string, role: .jsonString)
        }
    }

    /// A long text in lines as wide as the pane.
    mutating func addText(_ string: String, role: Role) {
        let shown = string.utf8.count > Self.shownBytes ? String(string.unicodeScalars.prefix(Self.shownBytes)) : string
        for line in TextWidth.wrap(shown, to: room) {
            add(.text, key: "", text: String(line), role: role, value: .string(string))
        }
        let rest = string.utf8.count - shown.utf8.count
        if rest > 0 { add(.text, key: "", text: "… \(rest) more bytes; y v copies all", role: .textDim) }
    }

    /// Columns that a text under the row that is open may take.
    var room: Int { max(16, width - 2 * open.count - 5) }

    private mutating func addBytes(_ kind: SpanPaneRow.Kind, _ key: String, _ bytes: [UInt8]) {
        add(
            kind, key: key, text: "\(bytes.count) bytes", role: .jsonFold, value: .bytes(bytes), startsOpen: false
        ) { builder in
            builder.addHexadecimal(bytes)
        }
    }

    /// Bytes as a dump of 16 a line.
    mutating func addHexadecimal(_ bytes: [UInt8]) {
        for start in stride(from: 0, to: min(bytes.count, Self.shownBytes), by: 16) {
            let line = bytes[start..<min(start + 16, bytes.count)]
            let digits = line.map { Hexadecimal.string(of: UInt64($0)).suffix(2) }.joined(separator: " ")
            let text = String(decoding: line.map { (32..<127).contains($0) ? $0 : 46 }, as: UTF8.self)
            let place = Hexadecimal.string(of: UInt64(start)).suffix(6)
            add(.text, key: String(place), text: digits.padding(to: 49) + text, role: .value)
        }
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: " ", count: max(0, count - utf8.count))
    }
}
