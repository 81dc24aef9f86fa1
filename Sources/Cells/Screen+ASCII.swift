extension Screen {
    /// The same screen for a terminal that knows only ASCII: each sign by one as wide, what has none by `?`.
    package func transliteratedToASCII() -> Screen {
        var screen = self
        for index in cells.indices where !cells[index].text.utf8.allSatisfy({ $0 < 128 }) {
            let isWide = index + 1 < cells.count && cells[index + 1].text.isEmpty
            screen.cells[index].text = isWide ? "?" : Self.stand(in: cells[index].text)
            if isWide { screen.cells[index + 1].text = "?" }
        }
        return screen
    }

    private static func stand(in text: String) -> String {
        guard let scalar = text.unicodeScalars.first else { return "?" }
        if scalar.value < 128 { return String(scalar) }
        return standIns[scalar] ?? "?"
    }

    private static let standIns: [Unicode.Scalar: String] = [
        "─": "-", "━": "=", "│": "|", "┃": "|", "├": "|", "┤": "|", "┬": "+", "┴": "+", "┼": "+", "╭": "+", "╮": "+",
        "╰": "+", "╯": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+", "┿": "+", "╾": "=", "╼": "=", "╸": "=", "╺": "=",
        "▸": ">", "▾": "v", "▶": ">", "◀": "<", "→": ">", "←": "<", "↑": "^", "⇡": "^", "↓": "v", "↵": "~", "✗": "x",
        "✔": "+",
        "●": "o", "○": "o", "◌": "o", "◆": "*", "◇": "*", "·": ".", "×": "x", "…": "~", "–": "-", "—": "-", "⟲": "@",
        "▌": "|", "▏": "|", "█": "#", "▇": "#", "▆": "%", "▅": "+", "▄": "=", "▃": "-", "▂": "_", "▁": ".", "░": ".",
        "▒": ":", "▓": "%", "⚠": "!", "“": "\"", "”": "\"", "‘": "'", "’": "'", "µ": "u", "␛": "?", "◐": "o",
        "╌": "-", "╎": "|", "┄": ".", "┈": ".", "┊": ":", "┏": "#", "┓": "#", "┗": "#", "┛": "#", "▲": "^", "▼": "v",
        "⊘": "/",
        "↷": ")", "‖": "=", "✎": "*", "▪": "o", "↻": "@", "⚒": "$", "◂": "<", "•": "*",
    ]
}
