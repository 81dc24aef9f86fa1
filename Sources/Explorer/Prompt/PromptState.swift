import Cells

/// The line at the foot while something is typed into it.
package struct PromptState: Sendable, Equatable {
    package enum Purpose: Sendable { case search, command, filter, weights }

    package let purpose: Purpose
    package private(set) var text: [Character] = []
    /// Where the next character goes, an index into `text`.
    package private(set) var caret = 0
    /// What could stand here, while Tab goes through it.
    package private(set) var completions: [String] = []
    package private(set) var completion = 0
    private var historyIndex: Int?
    private var draft: [Character] = []

    package init(_ purpose: Purpose, text: String = "") {
        self.purpose = purpose
        self.text = Array(text)
        caret = self.text.count
    }

    package var string: String { String(text) }

    /// What stands before the text.
    package var sign: String {
        switch purpose {
        case .search: "/"
        case .command: ":"
        case .filter: "&"
        case .weights: "weights: "
        }
    }

    mutating func insert(_ characters: some Sequence<Character>) {
        let new = characters.filter { !$0.isNewline }
        text.insert(contentsOf: new, at: caret)
        caret += new.count
        completions = []
    }

    /// Edits as a shell's line does. Whether the key was one of those.
    mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .backspace, .control("h"):
            if caret > 0 {
                caret -= 1
                text.remove(at: caret)
            }
        case .delete: if caret < text.count { text.remove(at: caret) }
        case .left, .control("b"): caret = max(0, caret - 1)
        case .right, .control("f"): caret = min(text.count, caret + 1)
        case .home, .control("a"): caret = 0
        case .end, .control("e"): caret = text.count
        case .control("u"):
            text.removeFirst(caret)
            caret = 0
        case .control("k"): text.removeLast(text.count - caret)
        case .control("w"): removeWord()
        default: return false
        }
        completions = []
        return true
    }

    private mutating func removeWord() {
        while caret > 0, text[caret - 1] == " " {
            caret -= 1
            text.remove(at: caret)
        }
        while caret > 0, text[caret - 1] != " " {
            caret -= 1
            text.remove(at: caret)
        }
    }

    /// Goes through `history`, the newest last; past the newest is what was being typed.
    mutating func recall(_ history: [String], by step: Int) {
        if historyIndex == nil { draft = text }
        let at = (historyIndex ?? history.count) + step
        guard at >= 0, at <= history.count else { return }
        historyIndex = at
        text = at == history.count ? draft : Array(history[at])
        caret = text.count
        completions = []
    }

    /// Takes the first of `candidates`, and the next each time it is called in a row.
    mutating func complete(from candidates: [String], by step: Int) {
        if completions.isEmpty {
            completions = candidates
            completion = step > 0 ? 0 : candidates.count - 1
        } else {
            completion = (completion + step + completions.count) % completions.count
        }
        guard completions.indices.contains(completion) else { return }
        text = Array(completions[completion])
        caret = text.count
    }
}
