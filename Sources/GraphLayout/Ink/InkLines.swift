/// Stretches along one axis, cut so that no two overlap: what is found in a rectangle costs what is in it.
struct InkLines: Sendable {
    /// Cells that are joined, from the first to the last.
    struct Stretch: Sendable {
        /// The row, or the column.
        var line: Int
        var low: Int
        var high: Int
        var edge: Int
        /// Nothing leads on from the first cell, or from the last: the next stretch is no part of the same line.
        var isFirst = true
        var isLast = true

        init(line: Int, _ first: Int, _ second: Int, edge: Int) {
            self.line = line
            (low, high) = (min(first, second), max(first, second))
            self.edge = edge
        }
    }

    /// By lines, then by cells.
    private let stretches: [Stretch]

    init(_ given: [Stretch]) {
        let sorted = given.sorted { ($0.line, $0.low, $0.edge) < ($1.line, $1.low, $1.edge) }
        var stretches: [Stretch] = []
        stretches.reserveCapacity(sorted.count)
        var begin = 0
        while begin < sorted.count {
            // What has a cell in common is one.
            var (end, high) = (begin + 1, sorted[begin].high)
            while end < sorted.count, sorted[end].line == sorted[begin].line, sorted[end].low <= high {
                high = max(high, sorted[end].high)
                end += 1
            }
            if end == begin + 1 {
                stretches.append(sorted[begin])
            } else {
                stretches += Self.cut(sorted[begin..<end])
            }
            begin = end
        }
        self.stretches = stretches
    }

    /// Stretches that overlap, as a row of stretches that do not: in each cell the last edge is on top.
    private static func cut(_ joined: ArraySlice<Stretch>) -> [Stretch] {
        let cuts = Set(joined.flatMap { [$0.low, $0.high + 1] }).sorted()
        var edges = [Int](repeating: -1, count: cuts.count)
        // The next piece that is not covered yet.
        var next = Array(cuts.indices)
        func uncovered(_ piece: Int) -> Int {
            var piece = piece
            while next[piece] != piece {
                next[piece] = next[next[piece]]
                piece = next[piece]
            }
            return piece
        }
        func piece(at cell: Int) -> Int {
            var (low, high) = (0, cuts.count - 1)
            while low < high {
                let middle = (low + high) / 2
                if cuts[middle] < cell { low = middle + 1 } else { high = middle }
            }
            return low
        }
        for stretch in joined.sorted(by: { $0.edge > $1.edge }) {
            let end = piece(at: stretch.high + 1)
            var at = uncovered(piece(at: stretch.low))
            while at < end {
                edges[at] = stretch.edge
                next[at] = at + 1
                at = uncovered(at)
            }
        }
        var pieces: [Stretch] = []
        for index in 0..<cuts.count - 1 {
            if let last = pieces.last, last.edge == edges[index] {
                pieces[pieces.count - 1].high = cuts[index + 1] - 1
            } else {
                let line = joined[joined.startIndex].line
                pieces.append(Stretch(line: line, cuts[index], cuts[index + 1] - 1, edge: edges[index]))
            }
        }
        for index in pieces.indices {
            pieces[index].isFirst = index == 0
            pieces[index].isLast = index == pieces.count - 1
        }
        return pieces
    }

    /// The stretches of a line within these cells, with the first and the last cell of each that is.
    func visit(line: Int, _ cells: Range<Int>, _ body: (Stretch, Int, Int) -> Void) {
        var (low, high) = (0, stretches.count)
        while low < high {
            let middle = (low + high) / 2
            let stretch = stretches[middle]
            if stretch.line < line || stretch.line == line && stretch.high < cells.lowerBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        while low < stretches.count, stretches[low].line == line, stretches[low].low < cells.upperBound {
            let stretch = stretches[low]
            body(stretch, max(stretch.low, cells.lowerBound), min(stretch.high, cells.upperBound - 1))
            low += 1
        }
    }
}
