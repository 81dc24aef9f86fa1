/// Numbers as people read them: three digits that matter, and a unit.
enum Figure {
    static func seconds(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.001: "\(digits(seconds * 1e6)) µs"
        case ..<1: "\(digits(seconds * 1e3)) ms"
        default: "\(digits(seconds)) s"
        }
    }

    static func bytes(_ bytes: Int) -> String { self.bytes(Double(bytes)) }

    static func bytes(_ bytes: Double) -> String { scaled(bytes, ["B", "kB", "MB", "GB", "TB"]) }

    static func count(_ count: Int) -> String { self.count(Double(count)) }

    static func count(_ count: Double) -> String { scaled(count, ["", "k", "M", "G"]) }

    static func ratio(_ ratio: Double) -> String { "\(digits(ratio))×" }

    private static func scaled(_ value: Double, _ units: [String]) -> String {
        var value = value
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return units[unit].isEmpty ? digits(value) : "\(digits(value)) \(units[unit])"
    }

    /// Three digits, or all before the point where there are more.
    static func digits(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
        let scale = [1.0, 10, 100][places]
        let whole = Int((value * scale).rounded())
        guard places > 0 else { return "\(whole)" }
        let fraction = "\(whole % Int(scale))"
        return "\(whole / Int(scale))." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
