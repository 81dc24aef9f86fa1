/// Which scalars may reach a terminal, and what stands for those that may not.
package enum Display {
    private static let narrow: [String] = (0..<128).map { String(UnicodeScalar(UInt8($0))) }

    /// A scalar as a string, without making one for ASCII.
    static func text(of scalar: Unicode.Scalar) -> String {
        scalar.value < 128 ? narrow[Int(scalar.value)] : String(Character(scalar))
    }

    /// What is drawn for a scalar: itself, a visible stand-in, or nothing.
    static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x20..<0x7F: return scalar
        case 0x0A: return "↵"
        case 0x09: return " "
        case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value)
        case 0x7F: return "␡"
        case 0x80..<0xA0: return "\u{FFFD}"
        case 0xAD, 0x200B...0x200F, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F, 0xE0100...0xE01EF: return nil
        case 0x2028, 0x2029: return "↵"
        case 0x202A...0x202E, 0x2066...0x206F, 0xFFF9...0xFFFB, 0xE0000...0xE007F: return "\u{FFFD}"
        case 0x1F1E6...0x1F1FF: return Unicode.Scalar(scalar.value - 0x1F1E6 + 65)
        case 0x0600...0x0605, 0x06DD, 0x070F, 0x08E2, 0x110BD: return "\u{FFFD}"
        default: break
        }
        if scalar.value < 0x300 { return scalar }
        switch scalar.properties.generalCategory {
        case .unassigned, .privateUse, .surrogate, .control, .format: return "\u{FFFD}"
        default: return scalar
        }
    }

    /// A skin tone, which belongs to the emoji before it.
    static func isModifier(_ scalar: Unicode.Scalar) -> Bool { (0x1F3FB...0x1F3FF).contains(scalar.value) }

    /// A text as `Screen` would draw it, for where there is no screen: safe to print to a terminal.
    package static func printable(_ text: some StringProtocol) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(text) }
        var printable = String.UnicodeScalarView()
        printable.append(contentsOf: text.unicodeScalars.lazy.compactMap { shown($0) })
        return String(printable)
    }
}
