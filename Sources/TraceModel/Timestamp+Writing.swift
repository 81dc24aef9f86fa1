import Glibc

extension Timestamp {
    /// A time in ISO 8601, to the microsecond, in UTC: `2026-11-20T21:04:14.000000+00:00`.
    package static func text(_ nanoseconds: Int64) -> String {
        let (seconds, rest) = nanoseconds.quotientAndFloor(1_000_000_000)
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func digits(_ number: Int64, _ count: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let date = [
            digits(Int64(parts.tm_year) + 1900, 4), digits(Int64(parts.tm_mon) + 1, 2), digits(Int64(parts.tm_mday), 2),
        ]
        let clock = [Int64(parts.tm_hour), Int64(parts.tm_min), Int64(parts.tm_sec)].map { digits($0, 2) }
        return "\(date.joined(separator: "-"))T\(clock.joined(separator: ":")).\(digits(rest / 1000, 6))+00:00"
    }
}

extension Int64 {
    /// The quotient that is not above the true one, and the rest, which is never negative.
    fileprivate func quotientAndFloor(_ divisor: Int64) -> (Int64, Int64) {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
