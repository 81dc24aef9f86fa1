import Glibc

/// Times as other systems write them, in nanoseconds since the epoch.
package enum Timestamp {
    /// A time in ISO 8601 or near it: `2025-11-12T10:00:00.123456+01:00`, with `T` or a blank, to the second or finer,
    /// with an offset, `Z`, or none. Without an offset it is taken for the local time of whoever reads, or with
    /// `isUTC` for UTC. A bare date is its midnight.
    package static func parse(_ text: some StringProtocol, isUTC: Bool = false) -> Int64? {
        var text = String(text)
        return text.withUTF8 { parse($0, isUTC: isUTC) }
    }

    /// The same of the bytes of a text.
    package static func parse(_ text: UnsafeBufferPointer<UInt8>, isUTC: Bool = false) -> Int64? {
        var reader = Reader(text)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var seconds: Int64 = 0
        var fraction: Int64 = 0
        if reader.take("T") || reader.take("t") || reader.take(" ") {
            guard let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), hour < 25, minute < 60
            else { return nil }
            seconds = Int64(hour * 3600 + minute * 60)
            if reader.take(":") {
                guard let second = reader.digits(2), second < 61 else { return nil }
                seconds += Int64(second)
                if reader.take(".") || reader.take(",") { fraction = reader.fraction() }
            }
        }
        _ = reader.take(" ")
        let midnight = Int64(days(year, month, day)) * 86400
        guard !reader.isAtEnd else {
            return nanoseconds(isUTC ? midnight + seconds : local(midnight + seconds), fraction)
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        return nanoseconds(midnight + seconds - offset, fraction)
    }

    /// A number of seconds, milliseconds, microseconds or nanoseconds since the epoch: whichever puts it into this age.
    package static func epoch(_ number: Double) -> Int64? {
        guard number.isFinite, number > 0 else { return nil }
        let scale: Double =
            switch number {
            case ..<1e11: 1e9
            case ..<1e14: 1e6
            case ..<1e17: 1e3
            default: 1
            }
        // The whole part apart from the rest, since a double has no room for nanoseconds of this age.
        let whole = number.rounded(.down)
        guard whole * scale < 9.2e18 else { return nil }
        return Int64(whole) * Int64(scale) + Int64(((number - whole) * scale).rounded())
    }

    private static func nanoseconds(_ seconds: Int64, _ fraction: Int64) -> Int64? {
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? nil : whole + fraction
    }

    /// Days since the epoch of a date in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// What the clock on the wall said, as seconds since the epoch.
    private static func local(_ wall: Int64) -> Int64 {
        var parts = tm()
        var seconds = time_t(wall)
        gmtime_r(&seconds, &parts)
        parts.tm_isdst = -1
        return Int64(mktime(&parts))
    }

    private struct Reader {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var at = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        var isAtEnd: Bool { at == bytes.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
            at += 1
            return true
        }

        mutating func digits(_ count: Int) -> Int? {
            guard at + count <= bytes.count else { return nil }
            var value = 0
            for index in at..<at + count {
                let byte = bytes[index]
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            at += count
            return value
        }

        /// Digits behind the point as nanoseconds; finer ones are cut off.
        mutating func fraction() -> Int64 {
            var value: Int64 = 0
            var scale: Int64 = 100_000_000
            while at < bytes.count, (48...57).contains(bytes[at]) {
                value += Int64(bytes[at] - 48) * scale
                scale /= 10
                at += 1
            }
            return value
        }

        /// `Z`, `+01:00`, `+0100`, `+01` or `UTC`, in seconds.
        mutating func offset() -> Int64? {
            if take("Z") || take("z") { return 0 }
            if take("U"), take("T"), take("C") { return 0 }
            let isNegative = take("-")
            guard isNegative || take("+"), let hours = digits(2) else { return nil }
            _ = take(":")
            let minutes = digits(2) ?? 0
            let seconds = Int64(hours * 3600 + minutes * 60)
            return isNegative ? -seconds : seconds
        }
    }
}
