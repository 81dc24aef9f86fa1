package import Cells

/// A colour as a number that a terminal of few or of very many colours understands; -1 is its own.
package enum TerminalColor {
    /// A text's colour, and what of its attributes helps to tell it.
    package struct Foreground: Equatable {
        package var number: Int32
        package var isBold: Bool
        package var isDim: Bool

        package init(number: Int32, isBold: Bool = false, isDim: Bool = false) {
            self.number = number
            self.isBold = isBold
            self.isDim = isDim
        }
    }

    /// Eight colours have no bright ones: bold makes them so on most terminals. Bright black, a grey, is dim text there;
    /// bold black would not be seen.
    package static func foreground(_ color: Color, of colors: Int) -> Foreground {
        guard case .palette(let index) = color, colors < 16, index >= 8 else {
            return Foreground(number: number(color, of: colors))
        }
        guard index > 8, index < 16 else { return Foreground(number: -1, isDim: index == 8) }
        return Foreground(number: Int32(index) - 8, isBold: true)
    }

    /// The same, where it can be read: the few colours are the nearest to many, and text may fall into its ground.
    package static func foreground(_ color: Color, of colors: Int, on background: Int32) -> Foreground {
        let foreground = foreground(color, of: colors)
        guard colors <= 16, foreground.number == background, background >= 0 else { return foreground }
        return Foreground(number: isLight(background) ? 0 : 7)
    }

    private static func isLight(_ number: Int32) -> Bool { [3, 6, 7, 10, 11, 14, 15].contains(number) }

    /// Of eight colours, blue is the one for a ground that should be a little lighter than black.
    package static func background(_ color: Color, of colors: Int) -> Int32 {
        guard case .palette(let index) = color, colors < 16, index >= 8 else { return number(color, of: colors) }
        return index == 8 ? 4 : index < 16 ? Int32(index) - 8 : -1
    }

    /// Terminals of direct colour read numbers from 8 on as red, green and blue, and know but eight of a palette.
    private static func number(_ color: Color, of colors: Int) -> Int32 {
        switch color {
        case .standard: return -1
        case .palette(let index):
            guard colors > 256, index >= 8, let (red, green, blue) = color.components else { return Int32(index) }
            return direct(red, green, blue)
        case .rgb(let red, let green, let blue):
            return colors > 256 ? direct(red, green, blue) : -1
        }
    }

    private static func direct(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
        max(8, Int32(red) << 16 | Int32(green) << 8 | Int32(blue))
    }
}
