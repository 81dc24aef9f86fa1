import CNcurses
import Cells

/// What curses draws a style with: its attributes, and a colour pair that is asked for once and kept.
struct StylePairs {
    /// As curses wants it beside a character.
    struct Look {
        var attributes: UInt32 = 0
        var pair: Int32 = 0
    }

    private struct Colors: Hashable {
        var foreground: Int32
        var background: Int32
    }

    private let colors: Int
    private var pairs: [Colors: Int32] = [:]
    private var looks: [Style: Look] = [:]

    /// For a terminal of so many colours; 0 for none.
    init(colors: Int) {
        self.colors = colors
    }

    mutating func look(of style: Style) -> Look {
        if let look = looks[style] { return look }
        var look = Look(attributes: Self.attributes(of: style))
        if colors > 0 {
            let background = TerminalColor.background(style.background, of: colors)
            let foreground = TerminalColor.foreground(style.foreground, of: colors, on: background)
            if foreground.isBold { look.attributes |= cncurses_bold }
            if foreground.isDim { look.attributes |= cncurses_dim }
            look.pair = pair(Colors(foreground: foreground.number, background: background))
        }
        looks[style] = look
        return look
    }

    /// Curses takes the oldest pair back when they run short, and what is drawn with it changes colour: better then
    /// to go without.
    private mutating func pair(_ wanted: Colors) -> Int32 {
        if wanted.foreground < 0, wanted.background < 0 { return 0 }
        if let pair = pairs[wanted] { return pair }
        guard pairs.count < Int(cncurses_pairs()) - 1 else { return 0 }
        let pair = max(0, alloc_pair(wanted.foreground, wanted.background))
        pairs[wanted] = pair
        return pair
    }

    private static func attributes(of style: Style) -> UInt32 {
        var attributes: UInt32 = 0
        if style.attributes.contains(.bold) { attributes |= cncurses_bold }
        if style.attributes.contains(.dim) { attributes |= cncurses_dim }
        if style.attributes.contains(.italic) { attributes |= cncurses_italic }
        if style.attributes.contains(.underline) { attributes |= cncurses_underline }
        if style.attributes.contains(.reverse) { attributes |= cncurses_reverse }
        return attributes
    }
}
