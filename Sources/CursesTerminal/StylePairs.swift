import CNcurses
import Cells

/// Colour pairs of curses by the colours they have. Curses hands them out and takes the oldest back when they run short.
struct StylePairs {
    private struct Colors: Hashable {
        var foreground: Color
        var background: Color
    }

    private var pairs: [Colors: Int32] = [:]

    mutating func pair(for style: Style) -> Int32 {
        let colors = Colors(foreground: style.foreground, background: style.background)
        if let pair = pairs[colors] { return pair }
        // More styles than pairs: begin anew rather than hold wrong ones.
        if pairs.count >= Int(cncurses_pairs()) - 1 {
            pairs.removeAll()
            reset_color_pairs()
        }
        let pair = alloc_pair(Self.number(style.foreground), Self.number(style.background))
        let usable = pair >= 0 ? pair : 0
        pairs[colors] = usable
        return usable
    }

    private static func number(_ color: Color) -> Int32 {
        switch color {
        case .standard: -1
        case .palette(let index): Int32(index)
        case .rgb(let red, let green, let blue): Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
        }
    }

    static func attributes(of style: Style) -> UInt32 {
        var attributes: UInt32 = 0
        if style.attributes.contains(.bold) { attributes |= cncurses_bold }
        if style.attributes.contains(.dim) { attributes |= cncurses_dim }
        if style.attributes.contains(.italic) { attributes |= cncurses_italic }
        if style.attributes.contains(.underline) { attributes |= cncurses_underline }
        if style.attributes.contains(.reverse) { attributes |= cncurses_reverse }
        return attributes
    }
}
