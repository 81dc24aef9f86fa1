/// Numbers as people read them: short, with a unit, in at most six columns unless said otherwise.
package enum Figures {
    /// `840µs`, `2ms`, `38.1s`, `2m04`, `5h07`, `3d02h`.
    package static func duration(_ nanoseconds: Int64) -> String {
        guard nanoseconds >= 0 else { return "-" + duration(nanoseconds == .min ? .max : -nanoseconds) }
        switch nanoseconds {
        case 0: return "0"
        case ..<1_000: return "\(nanoseconds)ns"
        case ..<1_000_000: return "\(nanoseconds / 1_000)µs"
        case ..<10_000_000: return tenths(nanoseconds, unit: 1_000_000) + "ms"
        case ..<1_000_000_000: return "\(nanoseconds / 1_000_000)ms"
        case ..<60_000_000_000: return tenths(nanoseconds, unit: 1_000_000_000) + "s"
        default: break
        }
        let seconds = nanoseconds / 1_000_000_000
        switch seconds {
        case ..<3600: return "\(seconds / 60)m\(twoDigits(seconds % 60))"
        case ..<86400: return "\(seconds / 3600)h\(twoDigits(seconds / 60 % 60))"
        case ..<(86400 * 1000): return "\(seconds / 86400)d\(twoDigits(seconds / 3600 % 24))h"
        default: return "\(seconds / 86400)d"
        }
    }

    /// `812`, `18.4k`, `2.1M`.
    package static func count(_ number: Int) -> String {
        switch number {
        case ..<0: "-" + count(number == .min ? .max : -number)
        case ..<1_000: "\(number)"
        case ..<100_000: tenths(Int64(number), unit: 1_000) + "k"
        case ..<1_000_000: "\(number / 1_000)k"
        case ..<100_000_000: tenths(Int64(number), unit: 1_000_000) + "M"
        case ..<1_000_000_000: "\(number / 1_000_000)M"
        default: tenths(Int64(number), unit: 1_000_000_000) + "G"
        }
    }

    /// All digits, in groups of three: `12,847`.
    package static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// US dollars: `0.21`, `12.40`, `1.2k`; what is less than half a cent is shown as `0.004`.
    package static func dollars(_ amount: Double) -> String {
        guard amount.isFinite, abs(amount) < 1e15 else { return "?" }
        guard amount >= 0 else { return "-" + dollars(-amount) }
        if amount >= 1000 { return count(Int(amount)) }
        if amount > 0, amount < 0.005 {
            let thousandths = Int((amount * 1000).rounded())
            return thousandths == 0 ? "<.001" : "0.00\(thousandths)"
        }
        let cents = Int((amount * 100).rounded())
        return "\(cents / 100).\(twoDigits(Int64(cents % 100)))"
    }

    /// A reward from 0 to 1: `.82`, `1.0`, `0.0`. What lies outside is shown as the nearer end.
    package static func reward(_ value: Double) -> String {
        guard !value.isNaN else { return "?" }
        let hundredths = Int((min(max(value, 0), 1) * 100).rounded())
        return switch hundredths {
        case 100...: "1.0"
        case ...0: "0.0"
        default: ".\(twoDigits(Int64(hundredths)))"
        }
    }

    /// A change of a reward, with the way it goes: `↗ +.11`, `→ –.01`, `↘ –.20`; a dot where there is nothing to compare.
    package static func change(_ change: Double?) -> String {
        guard let change else { return "·" }
        let way = isSteady(change) ? "→" : change > 0 ? "↗" : "↘"
        return "\(way) \(change < 0 ? "–" : "+")\(reward(abs(change)))"
    }

    /// Whether a change of a reward is too small to speak of.
    package static func isSteady(_ change: Double) -> Bool { abs(change) < 0.02 }

    /// `612 B`, `4.2 MB`, `1.1 GB`.
    package static func bytes(_ number: UInt64) -> String {
        let number = Int64(clamping: number)
        return switch number {
        case ..<1_000: "\(number) B"
        case ..<1_000_000: tenths(number, unit: 1_000) + " KB"
        case ..<1_000_000_000: tenths(number, unit: 1_000_000) + " MB"
        case ..<1_000_000_000_000: tenths(number, unit: 1_000_000_000) + " GB"
        default: tenths(number, unit: 1_000_000_000_000) + " TB"
        }
    }

    private static func tenths(_ number: Int64, unit: Int64) -> String {
        let tenths = number / (unit / 10)
        return tenths >= 1000 || tenths % 10 == 0 && tenths >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
