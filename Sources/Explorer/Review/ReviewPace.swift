/// How fast a person decides: of the newest decisions, by the clock that events bring.
package struct ReviewPace: Sendable, Equatable {
    /// So many decisions are looked at; an hour's pause before them says nothing.
    private static let kept = 30

    private var decisions: [(at: Int64, elapsed: Int64)] = []

    package static func == (left: ReviewPace, right: ReviewPace) -> Bool {
        left.decisions.elementsEqual(right.decisions) { $0 == $1 }
    }

    /// Both in nanoseconds.
    mutating func add(at moment: Int64, elapsed: Int64) {
        decisions.append((moment, elapsed))
        if decisions.count > Self.kept { decisions.removeFirst() }
    }

    /// The last one is taken back.
    mutating func removeLast() { _ = decisions.popLast() }

    /// Decisions a minute; nothing for fewer than two.
    package var perMinute: Double? {
        guard let first = decisions.first, let last = decisions.last, decisions.count > 1, last.at > first.at else {
            return nil
        }
        return Double(decisions.count - 1) * 60e9 / Double(last.at - first.at)
    }

    /// How long a decision takes, in nanoseconds: half take longer.
    package var median: Int64? {
        let sorted = decisions.map(\.elapsed).sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
}
