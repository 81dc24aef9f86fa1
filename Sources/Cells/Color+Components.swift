extension Color {
    private static let basic: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
        (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
        (255, 255, 255),
    ]

    /// Red, green and blue; nothing for the terminal's own. The palette is xterm's: 16 of its own, which people change,
    /// a cube of 6 by 6 by 6, and 24 greys.
    package var components: (red: UInt8, green: UInt8, blue: UInt8)? {
        switch self {
        case .standard: return nil
        case .rgb(let red, let green, let blue): return (red, green, blue)
        case .palette(let index) where index < 16: return Self.basic[Int(index)]
        case .palette(let index) where index < 232:
            func level(_ step: UInt8) -> UInt8 { step == 0 ? 0 : 55 + step * 40 }
            let cube = index - 16
            return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        case .palette(let index):
            let grey = 8 + (index - 232) * 10
            return (grey, grey, grey)
        }
    }
}
