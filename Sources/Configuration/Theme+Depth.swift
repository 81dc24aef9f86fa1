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
        case (.palette(let index), .palette16) where index >= 16: return nearestOf16
        case (.palette, _): return self
        case (.rgb, .palette256): return nearest(in: 16...255)
        case (.rgb, .palette16): return nearestOf16
        }
    }

    /// Among so few the hue says more than the lightness: by distance alone, every soft colour would become a grey.
    private var nearestOf16: Color {
        guard let own = components else { return self }
        let (red, green, blue) = (Int(own.red), Int(own.green), Int(own.blue))
        let high = max(red, green, blue)
        let chroma = high - min(red, green, blue)
        guard chroma >= 40 else {
            let lightness = (3 * red + 6 * green + blue) / 10
            return .palette(lightness < 64 ? 0 : lightness < 150 ? 8 : lightness < 235 ? 7 : 15)
        }
        let hue =
            switch high {
            case red: (360 + 60 * (green - blue) / chroma) % 360
            case green: 120 + 60 * (blue - red) / chroma
            default: 240 + 60 * (red - green) / chroma
            }
        // Orange goes to yellow, as red says that something went wrong; violet goes to magenta.
        let index: UInt8 =
            switch hue {
            case 20..<75: 3
            case 75..<150: 2
            case 150..<200: 6
            case 200..<250: 4
            case 250..<335: 5
            default: 1
            }
        return .palette(high >= 240 ? index + 8 : index)
    }

    private func nearest(in range: ClosedRange<UInt8>) -> Color {
        let candidates = range.map { Color.palette($0) }
        return candidates.min { distance(to: $0) < distance(to: $1) } ?? self
    }

    private func distance(to other: Color) -> Int {
        guard let own = components, let others = other.components else { return .max }
        let (red, green, blue) = (
            Int(own.red) - Int(others.red), Int(own.green) - Int(others.green), Int(own.blue) - Int(others.blue)
        )
        return 3 * red * red + 6 * green * green + 2 * blue * blue
    }
}
