/// A colour as a theme names it. What the terminal cannot show is replaced by the nearest that it can.
package enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// One of the terminal's 256; the first 16 are its own.
    case palette(UInt8)
    case rgb(UInt8, UInt8, UInt8)
}

/// How a cell looks.
package struct Style: Hashable, Sendable {
    package struct Attributes: OptionSet, Hashable, Sendable {
        package var rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let italic = Attributes(rawValue: 4)
        package static let underline = Attributes(rawValue: 8)
        package static let reverse = Attributes(rawValue: 16)
        package static let strikethrough = Attributes(rawValue: 32)
    }

    package var foreground: Color
    package var background: Color
    package var attributes: Attributes

    package init(foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    package static let plain = Style()

    /// This style laid over another, which shows wherever this one does not say.
    package func over(_ base: Style) -> Style {
        Style(
            foreground: foreground == .standard ? base.foreground : foreground,
            background: background == .standard ? base.background : background,
            attributes: attributes.union(base.attributes))
    }
}

extension Style: CustomStringConvertible {
    /// As a golden screen's legend has it: `fg=#ff8800 bg=4 bold`.
    package var description: String {
        var words: [String] = []
        if foreground != .standard { words.append("fg=\(foreground)") }
        if background != .standard { words.append("bg=\(background)") }
        let names: [(Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
            (.strikethrough, "strikethrough"),
        ]
        words += names.filter { attributes.contains($0.0) }.map(\.1)
        return words.isEmpty ? "plain" : words.joined(separator: " ")
    }
}

extension Color: CustomStringConvertible {
    package var description: String {
        switch self {
        case .standard: "default"
        case .palette(let index): "\(index)"
        case .rgb(let red, let green, let blue):
            "#"
                + [red, green, blue].map { byte in
                    let digits = String(byte, radix: 16)
                    return digits.count < 2 ? "0" + digits : digits
                }.joined()
        }
    }
}
