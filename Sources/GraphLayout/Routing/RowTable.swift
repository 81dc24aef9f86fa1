/// The highest track that is taken in each row of a gap, for any stretch of rows at once: a tree of maxima.
struct RowTable {
    private let rows: [Int]
    private var taken: [Int32]
    /// What all rows below a node of the tree have at least.
    private var floors: [Int32]

    /// Knows the rows where these begin and end.
    init(_ spans: [ClosedRange<Int>]) {
        var unique: [Int] = []
        for row in spans.flatMap({ [$0.lowerBound, $0.upperBound] }).sorted() where row != unique.last {
            unique.append(row)
        }
        rows = unique
        taken = [Int32](repeating: -1, count: unique.count * 4 + 4)
        floors = taken
    }

    /// -1 if none is taken there.
    func most(in span: ClosedRange<Int>) -> Int {
        Int(most(1, 0, rows.count - 1, place(span.lowerBound), place(span.upperBound)))
    }

    mutating func raise(_ span: ClosedRange<Int>, to track: Int) {
        raise(1, 0, rows.count - 1, place(span.lowerBound), place(span.upperBound), to: Int32(track))
    }

    private func place(_ row: Int) -> Int {
        var (low, high) = (0, rows.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // These call themselves as deep as the tree is, which is the logarithm of the rows.
    private func most(_ node: Int, _ begin: Int, _ end: Int, _ low: Int, _ high: Int) -> Int32 {
        if low <= begin && end <= high { return taken[node] }
        let middle = (begin + end) / 2
        var most = floors[node]
        if low <= middle { most = max(most, self.most(node * 2, begin, middle, low, high)) }
        if high > middle { most = max(most, self.most(node * 2 + 1, middle + 1, end, low, high)) }
        return most
    }

    private mutating func raise(_ node: Int, _ begin: Int, _ end: Int, _ low: Int, _ high: Int, to track: Int32) {
        taken[node] = max(taken[node], track)
        if low <= begin && end <= high {
            floors[node] = max(floors[node], track)
            return
        }
        let middle = (begin + end) / 2
        if low <= middle { raise(node * 2, begin, middle, low, high, to: track) }
        if high > middle { raise(node * 2 + 1, middle + 1, end, low, high, to: track) }
    }
}
