/// A whole screen as a value. Whatever text is written to it, no control code gets in.
package struct Screen: Hashable, Sendable {
    package let size: Size
    package internal(set) var cells: [Cell]
    /// Where the terminal's own cursor stands, if it is to be seen.
    package var cursor: Position?

    package init(size: Size, style: Style = .plain) {
        self.size = size
        cells = Array(repeating: Cell(" ", style), count: size.columns * size.rows)
    }

    package subscript(x: Int, y: Int) -> Cell { cells[y * size.columns + x] }

    /// Fills a part with one narrow character.
    package mutating func fill(_ area: Rectangle, _ style: Style, with character: Character = " ") {
        let text = String(character)
        for y in max(0, area.y)..<max(0, min(area.y + area.height, size.rows)) {
            for x in max(0, area.x)..<max(0, min(area.x + area.width, size.columns)) {
                put(text, width: 1, x: x, y: y, style)
            }
        }
    }

    /// Changes how a part looks and not what it says.
    package mutating func restyle(_ area: Rectangle, _ change: (Style) -> Style) {
        for y in max(0, area.y)..<max(0, min(area.y + area.height, size.rows)) {
            for x in max(0, area.x)..<max(0, min(area.x + area.width, size.columns)) {
                let index = y * size.columns + x
                cells[index].style = change(cells[index].style)
            }
        }
    }

    /// Writes on one row, within the screen and at most `limit` columns, and returns the columns used. Line ends,
    /// control codes and the like are drawn as visible stand-ins.
    @discardableResult
    package mutating func write(
        _ text: some StringProtocol, x: Int, y: Int, style: Style, limit: Int = .max
    ) -> Int {
        guard y >= 0, y < size.rows, x < size.columns, limit > 0 else { return 0 }
        let room = min(limit, size.columns - x)
        var used = 0
        var base = -1
        for scalar in text.unicodeScalars {
            let shown = Display.shown(scalar)
            guard let shown else { continue }
            let width = TextWidth.columns(of: shown)
            if width == 0 {
                if base >= 0, cells[base].text.unicodeScalars.count < 5 {
                    cells[base].text.unicodeScalars.append(shown)
                }
                continue
            }
            if Display.isModifier(scalar), used > 0 { continue }
            guard used + width <= room else {
                if used < room { put(" ", width: 1, x: x + used, y: y, style) }
                return room
            }
            if x + used >= 0 {
                put(Display.text(of: shown), width: width, x: x + used, y: y, style)
                base = y * size.columns + x + used
            }
            used += width
        }
        return used
    }

    /// The two halves of a wide character come and go together.
    private mutating func put(_ text: String, width: Int, x: Int, y: Int, _ style: Style) {
        let index = y * size.columns + x
        if cells[index].text.isEmpty, x > 0 { cells[index - 1].text = " " }
        let after = index + width
        if x + width < size.columns, cells[after].text.isEmpty { cells[after].text = " " }
        cells[index] = Cell(text, style)
        if width == 2 { cells[index + 1] = Cell("", style) }
    }

    /// A row without the spaces at its end.
    package func text(row: Int) -> String {
        var text = cells[row * size.columns..<(row + 1) * size.columns].map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    package var lines: [String] { (0..<size.rows).map(text(row:)) }

    /// The styles as letters in the order they first appear, a line a row, and what each letter means.
    package var stylePlane: (rows: [String], legend: [String]) {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var known: [Style: Character] = [.plain: "."]
        var legend: [String] = []
        let rows = (0..<size.rows).map { row in
            String(
                (0..<size.columns).map { column -> Character in
                    let style = self[column, row].style
                    if let letter = known[style] { return letter }
                    let letter = legend.count < letters.count ? letters[legend.count] : "?"
                    known[style] = letter
                    legend.append("\(letter) \(style)")
                    return letter
                })
        }
        return (rows, legend)
    }
}
