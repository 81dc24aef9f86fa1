/// Durations, counted in classes that are an eighth of their length wide: percentiles to about a twelfth, in little memory.
package struct DurationTally: Sendable {
    private var counts: [Int32] = []
    private var total = 0

    package init() {}

    package mutating func add(_ nanoseconds: Int64) {
        let place = Self.place(max(0, nanoseconds))
        while counts.count <= place { counts.append(0) }
        counts[place] += 1
        total += 1
    }

    /// The duration that so many hundredths of all do not exceed; zero where there are none.
    package func percentile(_ hundredths: Int) -> Int64 {
        let wanted = (total * hundredths + 99) / 100
        var seen = 0
        for (place, count) in counts.enumerated() where count > 0 {
            seen += Int(count)
            if seen >= wanted { return Self.middle(place) }
        }
        return 0
    }

    /// Eight classes for each power of two; below sixteen every number its own.
    private static func place(_ number: Int64) -> Int {
        guard number >= 16 else { return Int(number) }
        let power = 63 - number.leadingZeroBitCount
        return 16 + (power - 4) * 8 + Int(number >> (power - 3) & 7)
    }

    private static func middle(_ place: Int) -> Int64 {
        guard place >= 16 else { return Int64(place) }
        let power = (place - 16) / 8 + 4
        let eighth = Int64(1) << (power - 3)
        return Int64(1) << power + Int64((place - 16) % 8) * eighth + eighth / 2
    }
}
