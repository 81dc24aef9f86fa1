package import Cells

/// How many colours a terminal has.
package enum ColorDepth: Sendable, Equatable {
    case truecolor, palette256, palette16, none
}

extension Theme {
    /// The theme with the nearest colours that a terminal can show. Without any, the cursor and matches are told by
    /// reversing, and what is said by signs stays said.
    package func reduced(to depth: ColorDepth) -> Theme {
        mapping { role, style in
            guard depth != .none else {
                var attributes = style.attributes
                switch role {
                case .cursor, .match, .tabSelected, .bar, .barStrong: attributes.insert(.reverse)
                case .cursorIdle, .header, .progress: attributes.insert(.underline)
                default: break
                }
                return Style(attributes: attributes)
            }
            return Style(
                foreground: style.foreground.reduced(to: depth), background: style.background.reduced(to: depth),
                attributes: style.attributes)
        }
    }
}

extension Color {
    /// The nearest colour, by a distance that weighs green most, as the eye does.
    func reduced(to depth: ColorDepth) -> Color {
        switch (self, depth) {
        case (_, .none): return .standard
        case (.standard, _), (_, .truecolor): return self
        case (.palette(let index), .palette16) where index >= 16:
            let (red, green, blue) = Self.components(of: index)
            return Self.nearest(red, green, blue, in: 0..<16)
        case (.palette, _): return self
        case (.rgb(let red, let green, let blue), .palette256): return Self.nearest(red, green, blue, in: 16..<256)
        case (.rgb(let red, let green, let blue), _): return Self.nearest(red, green, blue, in: 0..<16)
        }
    }

    private static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8, in range: Range<Int>) -> Color {
        func distance(_ index: Int) -> Int {
            let (otherRed, otherGreen, otherBlue) = components(of: UInt8(index))
            let differences = (Int(red) - Int(otherRed), Int(green) - Int(otherGreen), Int(blue) - Int(otherBlue))
            return 3 * differences.0 * differences.0 + 6 * differences.1 * differences.1
                + 2 * differences.2 * differences.2
        }
        return .palette(UInt8(range.min { distance($0) < distance($1) } ?? 7))
    }

    private static let basic: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    /// As xterm has them: 16 of its own, a cube of 6 by 6 by 6, and 24 greys.
    private static func components(of index: UInt8) -> (UInt8, UInt8, UInt8) {
        switch index {
        case ..<16: return basic[Int(index)]
        case ..<232:
            func level(_ step: UInt8) -> UInt8 { step == 0 ? 0 : 55 + step * 40 }
            let cube = index - 16
            return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        default:
            let grey = 8 + (index - 232) * 10
            return (grey, grey, grey)
        }
    }
}
