/// What became of a text, word by word.
package struct WordDifference: Sendable, Equatable {
    package enum Change: Sendable, Equatable { case kept, added, removed }

    package struct Piece: Sendable, Equatable {
        package var change: Change
        package var text: String

        package init(_ change: Change, _ text: String) {
            self.change = change
            self.text = text
        }
    }

    /// Without those that were removed they are the new text, without those that were added the old one.
    package private(set) var pieces: [Piece] = []

    package init(from old: String, to new: String) {
        let (oldWords, newWords) = (Self.words(of: old), Self.words(of: new))
        if let script = EditScript(from: oldWords, to: newWords) {
            take(script, oldWords, newWords)
            joinAcrossBlanks()
            return
        }
        // Too much differs for that: the lines are told apart first, and words only where lines changed.
        let (oldLines, newLines) = (Self.lines(of: old), Self.lines(of: new))
        guard let script = EditScript(from: oldLines, to: newLines) else {
            add(.removed, old)
            add(.added, new)
            return
        }
        for run in script.runs {
            if run.isKept {
                add(.kept, newLines[run.new].joined())
                continue
            }
            let oldWords = Self.words(of: oldLines[run.old].joined())
            let newWords = Self.words(of: newLines[run.new].joined())
            if let inner = EditScript(from: oldWords, to: newWords) {
                take(inner, oldWords, newWords)
            } else {
                add(.removed, oldLines[run.old].joined())
                add(.added, newLines[run.new].joined())
            }
        }
        joinAcrossBlanks()
    }

    package var isEmpty: Bool { pieces.allSatisfy { $0.change == .kept } }

    private mutating func take(_ script: EditScript, _ old: [Substring], _ new: [Substring]) {
        for run in script.runs {
            if run.isKept {
                add(.kept, new[run.new].joined())
            } else {
                add(.removed, old[run.old].joined())
                add(.added, new[run.new].joined())
            }
        }
    }

    /// Two changes with nothing but a blank between them read as one.
    private mutating func joinAcrossBlanks() {
        var joined: [Piece] = []
        var (removed, added) = ("", "")
        func isBlank(_ piece: Piece) -> Bool {
            piece.change == .kept && piece.text.utf8.count <= 2 && piece.text.allSatisfy { $0 == " " }
        }
        func close() {
            if !removed.isEmpty { joined.append(Piece(.removed, removed)) }
            if !added.isEmpty { joined.append(Piece(.added, added)) }
            (removed, added) = ("", "")
        }
        for (index, piece) in pieces.enumerated() {
            switch piece.change {
            case .removed: removed += piece.text
            case .added: added += piece.text
            case .kept:
                let isBetween = index > 0 && index + 1 < pieces.count && !(removed.isEmpty && added.isEmpty)
                if isBetween, isBlank(piece) {
                    removed += piece.text
                    added += piece.text
                } else {
                    close()
                    joined.append(piece)
                }
            }
        }
        close()
        pieces = joined
    }

    private mutating func add(_ change: Change, _ text: String) {
        guard !text.isEmpty else { return }
        if let last = pieces.last, last.change == change {
            pieces[pieces.count - 1].text += text
        } else {
            pieces.append(Piece(change, text))
        }
    }

    /// Runs of letters and digits, runs of blanks, and every other character by itself. Letters that are written without
    /// blanks between words stand each for themselves.
    static func words(of text: String) -> [Substring] {
        var words: [Substring] = []
        var start = text.startIndex
        var last = Class.single
        for index in text.unicodeScalars.indices {
            let kind = Class(text.unicodeScalars[index])
            if index > start, kind == .single || kind != last {
                words.append(text[start..<index])
                start = index
            }
            last = kind
        }
        if start < text.endIndex { words.append(text[start...]) }
        return words
    }

    private enum Class {
        case word, blank, single

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x20, 0x09: self = .blank
            case ..<0x80:
                let properties = scalar.properties
                self = properties.isAlphabetic || properties.numericType != nil || scalar == "_" ? .word : .single
            default:
                // A mark belongs to the letter before it.
                let isWord = scalar.properties.isAlphabetic && !scalar.properties.isIdeographic
                let isMark = scalar.properties.canonicalCombiningClass != .notReordered
                self = (isWord || isMark) && !(0x3040...0x30FF).contains(scalar.value) ? .word : .single
            }
        }
    }

    private static func lines(of text: String) -> [Substring] {
        var lines: [Substring] = []
        var start = text.startIndex
        for index in text.unicodeScalars.indices where text.unicodeScalars[index] == "\n" {
            let next = text.unicodeScalars.index(after: index)
            lines.append(text[start..<next])
            start = next
        }
        if start < text.endIndex { lines.append(text[start...]) }
        return lines
    }
}
