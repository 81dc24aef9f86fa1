import Cells

/// A screen with a theme at hand, so that views speak of roles.
struct Canvas {
    var screen: Screen
    let theme: Theme

    init(size: Size, theme: Theme) {
        self.theme = theme
        screen = Screen(size: size, style: theme[.text])
    }

    /// The style of a role, over that of plain text.
    func style(_ role: Role) -> Style { theme[role].over(theme[.text]) }

    @discardableResult
    mutating func write(_ text: some StringProtocol, x: Int, y: Int, _ role: Role, limit: Int = .max) -> Int {
        screen.write(text, x: x, y: y, style: style(role), limit: limit)
    }

    /// Writes so that the text ends right before `end`, cut where it is longer than `limit`.
    mutating func write(_ text: String, endingAt end: Int, y: Int, _ role: Role, limit: Int) {
        let shown = TextWidth.clip(text, to: limit)
        write(shown, x: end - TextWidth.columns(of: shown), y: y, role)
    }

    mutating func fill(_ area: Rectangle, _ role: Role, with character: Character = " ") {
        screen.fill(area, style(role), with: character)
    }

    /// Lays a role over what is drawn: the cursor's row, a match.
    mutating func lay(_ role: Role, over area: Rectangle) {
        let overlay = theme[role]
        screen.restyle(area) { overlay.over($0) }
    }

    /// Lays the role of a match over each place in a row's text where the needle stands.
    mutating func highlight(_ needle: String, isCaseSensitive: Bool, in area: Rectangle) {
        let wanted = Array(isCaseSensitive ? needle : needle.lowercased())
        guard !wanted.isEmpty, area.height == 1 else { return }
        // Cells and their characters: the right half of a wide one has none.
        var cells: [(x: Int, character: Character)] = []
        for x in area.x..<min(area.x + area.width, screen.size.columns) {
            let text = screen[x, area.y].text
            guard let character = text.first else { continue }
            cells.append((x, isCaseSensitive ? character : Character(String(character).lowercased())))
        }
        guard cells.count >= wanted.count else { return }
        var at = 0
        while at + wanted.count <= cells.count {
            if (0..<wanted.count).allSatisfy({ cells[at + $0].character == wanted[$0] }) {
                let last = at + wanted.count < cells.count ? cells[at + wanted.count].x : area.x + area.width
                lay(.match, over: Rectangle(x: cells[at].x, y: area.y, width: last - cells[at].x, height: 1))
                at += wanted.count
            } else {
                at += 1
            }
        }
    }
}
