import Cells
import TraceAnalysis
import TraceModel

extension SpanPaneBuilder {
    /// Kept text shorter than this is shown whole; of longer only what stands beside a change.
    private static let shownContext = 240
    private static let contextBesideChange = 60

    /// What a call was sent that an earlier one was not, then what it answered.
    mutating func add(_ difference: ConversationDifference, answer: [Conversation.Message]) {
        for row in difference.rows {
            switch row {
            case .kept(let messages):
                let count = messages.count
                add(
                    .heading, key: "= \(count) message\(count == 1 ? "" : "s") as before", text: "", role: .textDim,
                    startsOpen: false
                ) { builder in
                    for message in messages { builder.addPlain(message, mark: "=", .textDim) }
                }
            case .added(let message): addPlain(message, mark: "+", .diffAdded)
            case .removed(let message): addPlain(message, mark: "-", .diffRemoved)
            case .changed(let message, let words):
                add(.heading, key: "~ \(message.role)", text: "", value: .string(message.text)) { $0.add(words) }
            }
        }
        for message in answer { addPlain(message, mark: "◂", role(of: message)) }
    }

    private mutating func addPlain(_ message: Conversation.Message, mark: String, _ role: Role) {
        let text = message.text
        add(
            .heading, key: "\(mark) \(message.role)", text: Self.firstLine(text), role: role, value: .string(text),
            startsOpen: role == .diffAdded
        ) { $0.addText(text, role: role) }
    }

    /// A text with what is new and what is gone in place, marked as by `git diff --word-diff`.
    mutating func add(_ difference: WordDifference) {
        guard !difference.isEmpty else {
            add(.text, key: "", text: "the same", role: .textDim)
            return
        }
        var pieces: [SpanPaneRow.Piece] = []
        for (index, piece) in difference.pieces.enumerated() {
            switch piece.change {
            case .added: pieces.append(.init(text: "{+\(piece.text)+}", role: .diffAdded))
            case .removed: pieces.append(.init(text: "[-\(piece.text)-]", role: .diffRemoved))
            case .kept:
                let text = Self.shortened(
                    piece.text, keepsStart: index > 0, keepsEnd: index + 1 < difference.pieces.count)
                pieces.append(.init(text: text, role: .value))
            }
        }
        addLines(of: pieces)
    }

    private static func shortened(_ text: String, keepsStart: Bool, keepsEnd: Bool) -> String {
        guard text.utf8.count > shownContext else { return text }
        let start = keepsStart ? String(text.prefix(contextBesideChange)) : ""
        let end = keepsEnd ? String(text.suffix(contextBesideChange)) : ""
        return "\(start) … \(end)"
    }

    /// Pieces broken into rows as wide as the pane, between words where that is possible.
    private mutating func addLines(of pieces: [SpanPaneRow.Piece]) {
        var line: [SpanPaneRow.Piece] = []
        var used = 0
        func take(_ word: Substring, _ role: Role, _ builder: inout SpanPaneBuilder) {
            let width = TextWidth.columns(of: String(word))
            if used > 0, used + width > builder.room { close(&builder) }
            if line.last?.role == role {
                line[line.count - 1].text += word
            } else {
                line.append(.init(text: String(word), role: role))
            }
            used += width
        }
        func close(_ builder: inout SpanPaneBuilder) {
            let text = line.map(\.text).joined()
            builder.add(.text, key: "", text: text, pieces: line, value: .string(text))
            (line, used) = ([], 0)
        }
        for piece in pieces {
            for (number, stretch) in piece.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if number > 0 { close(&self) }
                var rest = stretch
                while !rest.isEmpty {
                    let word = rest.prefix { $0 != " " }
                    let blanks = rest[word.endIndex...].prefix { $0 == " " }
                    let whole = rest[..<blanks.endIndex].prefix(room)
                    take(whole, piece.role, &self)
                    rest = rest[whole.endIndex...]
                }
            }
        }
        if !line.isEmpty { close(&self) }
    }

    /// What differs between two states, by path.
    mutating func add(_ difference: ValueDifference) {
        if difference.entries.isEmpty { add(.text, key: "", text: "the same state as before", role: .textDim) }
        for entry in difference.entries {
            let path = entry.path.isEmpty ? "state" : entry.path
            switch entry.change {
            case .added(let value): addChange("+ \(path)", value, .diffAdded)
            case .removed(let value): addChange("- \(path)", value, .diffRemoved)
            case .changed(.string(let old), .string(let new)):
                add(.heading, key: "~ \(path)", text: "", value: .string(new)) {
                    $0.add(WordDifference(from: old, to: new))
                }
            case .changed(let old, let new):
                add(.heading, key: "~ \(path)", text: "", value: new) { builder in
                    builder.add(WordDifference(from: old.text, to: new.text))
                }
            }
        }
        let kept = difference.keptCount
        if kept > 0 { add(.text, key: "", text: "= \(kept) values as before", role: .textDim) }
    }

    private mutating func addChange(_ key: String, _ value: AttributeValue, _ role: Role) {
        add(.attribute, key: key, text: Self.firstLine(value.text), role: role, value: value, startsOpen: true) {
            $0.addText(value.text, role: role)
        }
    }
}
