/// Gives the nets of a gap their tracks.
///
/// A net gets the track behind all those that it would touch, as long as the gap stays within half as many tracks again
/// as it needs at least; then the first that is free. The former crosses least, the latter keeps the gap narrow.
struct TrackTable {
    private var rows: RowTable
    /// What is taken in each track, from top to bottom.
    private var taken: [[ClosedRange<Int>]] = []
    private let limit: Int

    /// `spans` are those that will be claimed.
    init(_ spans: [ClosedRange<Int>]) {
        rows = RowTable(spans)
        let least = Self.mostAtOnce(spans)
        limit = least + max(1, least / 2)
    }

    var count: Int { taken.count }

    /// The track for these rows, which is `least` or beyond it.
    mutating func claim(_ span: ClosedRange<Int>, from least: Int) -> Int {
        var track = max(least, rows.most(in: span) + 1)
        if track >= limit, let free = (least..<max(least, taken.count)).first(where: { isFree($0, span) }) {
            track = free
        }
        rows.raise(span, to: track)
        while taken.count <= track { taken.append([]) }
        taken[track].insert(span, at: place(track, span))
        return track
    }

    private func isFree(_ track: Int, _ span: ClosedRange<Int>) -> Bool {
        let place = place(track, span)
        if place < taken[track].count, taken[track][place].lowerBound <= span.upperBound { return false }
        return place == 0 || taken[track][place - 1].upperBound < span.lowerBound
    }

    /// Where the span is, or would be, among those of the track.
    private func place(_ track: Int, _ span: ClosedRange<Int>) -> Int {
        var (low, high) = (0, taken[track].count)
        while low < high {
            let middle = (low + high) / 2
            if taken[track][middle].lowerBound < span.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many spans have a row in common, where that are most.
    private static func mostAtOnce(_ spans: [ClosedRange<Int>]) -> Int {
        let begins = spans.map(\.lowerBound).sorted()
        let ends = spans.map(\.upperBound).sorted()
        var (ended, most) = (0, 0)
        for (begun, row) in begins.enumerated() {
            while ends[ended] < row { ended += 1 }
            most = max(most, begun + 1 - ended)
        }
        return most
    }
}
