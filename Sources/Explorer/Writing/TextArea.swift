import Cells

/// Text of several lines as it is written: the lines, and where the next character goes.
package struct TextArea: Sendable, Equatable {
    /// A line end is none of its characters.
    package private(set) var lines: [[Character]] = [[]]
    package private(set) var row = 0
    /// An index into the line, at most its length.
    package private(set) var column = 0

    /// More than anybody writes; what is pasted beyond it is left out.
    private static let longest = 200_000

    /// The caret stands at the end.
    package init(_ text: String = "") {
        insert(text)
    }

    package var text: String { lines.map { String($0) }.joined(separator: "\n") }

    package var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }

    private var length: Int { lines.reduce(lines.count) { $0 + $1.count } }

    package mutating func insert(_ text: some StringProtocol) {
        for character in text.prefix(max(0, Self.longest - length)) {
            if character.isNewline {
                breakLine()
            } else {
                lines[row].insert(character, at: column)
                column += 1
            }
        }
    }

    private mutating func breakLine() {
        let rest = Array(lines[row][column...])
        lines[row].removeLast(rest.count)
        lines.insert(rest, at: row + 1)
        row += 1
        column = 0
    }

    /// Edits as editors do, where lines are broken at `width` columns. Whether the key was one of those.
    mutating func edit(_ key: Key, width: Int) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .enter: breakLine()
        case .backspace, .control("h"): removeBackward()
        case .delete: removeForward()
        case .left, .control("b"): moveBack()
        case .right, .control("f"): moveOn()
        case .up, .control("p"): move(byRows: -1, width: width)
        case .down, .control("n"): move(byRows: 1, width: width)
        case .pageUp: move(byRows: -8, width: width)
        case .pageDown: move(byRows: 8, width: width)
        case .home, .control("a"): column = 0
        case .end: column = lines[row].count
        case .control("u"):
            lines[row].removeFirst(column)
            column = 0
        case .control("k"): lines[row].removeLast(lines[row].count - column)
        case .control("w"): removeWord()
        case .tab: insert("    ")
        default: return false
        }
        return true
    }

    private mutating func moveBack() {
        if column > 0 {
            column -= 1
        } else if row > 0 {
            row -= 1
            column = lines[row].count
        }
    }

    private mutating func moveOn() {
        if column < lines[row].count {
            column += 1
        } else if row + 1 < lines.count {
            row += 1
            column = 0
        }
    }

    private mutating func removeBackward() {
        guard row > 0 || column > 0 else { return }
        moveBack()
        removeForward()
    }

    private mutating func removeForward() {
        if column < lines[row].count {
            lines[row].remove(at: column)
        } else if row + 1 < lines.count {
            lines[row] += lines.remove(at: row + 1)
        }
    }

    private mutating func removeWord() {
        if column == 0 { return removeBackward() }
        while column > 0, lines[row][column - 1] == " " { removeBackward() }
        while column > 0, lines[row][column - 1] != " " { removeBackward() }
    }

    private mutating func move(byRows count: Int, width: Int) {
        let shown = rows(width: width)
        let caret = place(in: shown)
        let target = shown[max(0, min(caret.y + count, shown.count - 1))]
        row = target.line
        column = target.range.lowerBound
        var used = 0
        while column < target.end, used < caret.x {
            used += TextWidth.columns(of: String(lines[row][column]))
            column += 1
        }
    }
}
