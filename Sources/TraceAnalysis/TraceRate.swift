package import TraceModel

/// How many traces began in each stretch of time: the sparkline below the list.
package struct TraceRate: Sendable, Equatable {
    package static let empty = TraceRate(counts: [], minutes: 1)

    /// Traces in each stretch, the last one last.
    package var counts: [Int]
    /// The length of a stretch, in minutes.
    package var minutes: Int

    private static let stretches = [1, 2, 5, 10, 30, 60, 120, 360, 720, 1440, 10080, 43200]

    package init(_ table: TraceTable) {
        self.init(starts: table.starts)
    }

    /// Chooses the shortest stretch, from a minute to a month, that needs at most `columns` of them.
    package init(starts: [Int64], columns: Int = 40) {
        self = .empty
        guard let newest = starts.max(), let oldest = starts.min(), newest > 0 else { return }
        let last = newest / 60_000_000_000
        let first = max(0, oldest) / 60_000_000_000
        minutes =
            Self.stretches.first { Int(last) / $0 - Int(first) / $0 < columns }
            ?? Self.stretches[Self.stretches.count - 1]
        let lastStretch = Int(last) / minutes
        let span = min(columns, lastStretch - Int(first) / minutes + 1)
        counts = Array(repeating: 0, count: span)
        for start in starts {
            let back = lastStretch - Int(max(0, start) / 60_000_000_000) / minutes
            if back >= 0, back < span { counts[span - 1 - back] += 1 }
        }
    }

    private init(counts: [Int], minutes: Int) {
        self.counts = counts
        self.minutes = minutes
    }

    /// What a stretch is called: `traces/min`, `traces/5 min`, `traces/day`.
    package func label(of things: String = "traces") -> String {
        switch minutes {
        case 1: "\(things)/min"
        case ..<60: "\(things)/\(minutes) min"
        case 60: "\(things)/h"
        case ..<1440: "\(things)/\(minutes / 60) h"
        case 1440: "\(things)/day"
        default: "\(things)/\(minutes / 1440) days"
        }
    }
}
