package import TraceModel

/// Which traces a person goes through to judge them, and in what order.
package struct ReviewQueue: Sendable, Equatable {
    package enum Order: String, Sendable, CaseIterable {
        case oldest, newest, lowest, uncertain, errors, random

        /// As the screen says it.
        package var words: String {
            switch self {
            case .oldest: "oldest first"
            case .newest: "newest first"
            case .lowest: "lowest first"
            case .uncertain: "most uncertain first"
            case .errors: "errors first"
            case .random: "random"
            }
        }
    }

    /// Under which its judgements are kept, and found again by whoever comes back to it.
    package var name: String
    package var filter: TraceQuery?
    package var order = Order.oldest
    /// Of the random order: the same seed gives the same one.
    package var seed: UInt64 = 0
    /// The name of the rubric to judge by, where there is one.
    package var rubric: String?

    package init(name: String) {
        self.name = name
    }

    /// A queue that nobody gave a name has the name of what it asks for, so that it too is found again.
    package init(_ filter: TraceQuery?, order: Order, seed: UInt64 = 0) {
        self.filter = filter
        self.order = order
        self.seed = seed
        let which = filter.flatMap { $0.isEmpty ? nil : $0.text } ?? "all"
        name = "\(which), \(order.words)" + (order == .random ? " \(seed)" : "")
    }

    /// Positions in the table of what is in the queue, the first to judge first. What has no reward comes last where the
    /// order asks for rewards.
    package func positions(in table: TraceTable) -> [UInt32] {
        let matches = filter.map { $0.matches(table) }
        var keyed: [(key: UInt64, position: UInt32)] = []
        keyed.reserveCapacity(table.count)
        for index in 0..<table.count where matches?[index] ?? true {
            keyed.append((key(of: index, table), UInt32(index)))
        }
        keyed.sort { ($0.key, $0.position) < ($1.key, $1.position) }
        return keyed.map(\.position)
    }

    /// Less is earlier.
    private func key(of index: Int, _ table: TraceTable) -> UInt64 {
        // Moments from the first to the last as numbers from the least to the greatest.
        let start = UInt64(bitPattern: table.starts[index]) ^ (1 << 63)
        let reward = table.rewards[index]
        switch order {
        case .oldest: return start
        case .newest: return ~start
        case .lowest: return Self.rank(reward, ~start)
        case .uncertain: return Self.rank(abs(reward - 0.5), ~start)
        case .errors: return UInt64(UInt32.max - table.errors[index]) << 32 | ~start >> 32
        case .random:
            // By the trace's id and not by its place, so that the order outlives what comes later.
            let id = table.ids[index]
            return Self.mix(Self.mix(id.high &+ Self.mix(seed &+ 1)) ^ id.low)
        }
    }

    /// By a number from 0 to 1 in steps of a millionth, then by the rest; what is no number comes last.
    private static func rank(_ value: Float, _ rest: UInt64) -> UInt64 {
        let step = value.isNaN ? (1 << 24) - 1 : UInt64((min(max(value, 0), 1) * 1_000_000).rounded())
        return step << 40 | rest >> 24
    }

    /// SplitMix's finish: every bit of the number changes half of the bits.
    private static func mix(_ number: UInt64) -> UInt64 {
        var number = number &+ 0x9E37_79B9_7F4A_7C15
        number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number >> 31
    }
}
