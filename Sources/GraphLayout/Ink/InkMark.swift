/// A cell where a line turns, begins or ends.
struct InkMark: Sendable {
    var x: Int
    var y: Int
    /// Those that lead to a box; those along lines are known from them.
    var arms: GraphInk.Arms = []
    var head: GraphInk.Arms = []
    var edge: Int

    static func marks(of route: GraphPlan.Route, source: GraphPlan.Box, target: GraphPlan.Box, edge: Int) -> [InkMark] {
        guard let first = route.points.first, let last = route.points.last else { return [] }
        var marks = route.points.map { InkMark(x: $0.x, y: $0.y, edge: edge) }
        marks[0].arms = way(from: first, to: source)
        marks[marks.count - 1].head = way(from: last, to: target)
        return marks
    }

    /// Which way the box is of a cell beside it.
    private static func way(from point: GraphPlan.Point, to box: GraphPlan.Box) -> GraphInk.Arms {
        if point.x < box.x { return .right }
        if point.x >= box.x + box.width { return .left }
        return point.y < box.y ? .down : .up
    }

    /// Sorted by rows and then columns, one for each cell.
    static func merge(_ marks: [InkMark]) -> [InkMark] {
        var merged: [InkMark] = []
        merged.reserveCapacity(marks.count)
        for mark in marks.sorted(by: { ($0.y, $0.x, $0.edge) < ($1.y, $1.x, $1.edge) }) {
            guard let last = merged.last, (last.x, last.y) == (mark.x, mark.y) else {
                merged.append(mark)
                continue
            }
            merged[merged.count - 1].arms.formUnion(mark.arms)
            merged[merged.count - 1].edge = mark.edge
            if !mark.head.isEmpty { merged[merged.count - 1].head = mark.head }
        }
        return merged
    }

    /// The first mark that is at this cell or behind it.
    static func firstIndex(in marks: [InkMark], x: Int, y: Int) -> Int {
        var (low, high) = (0, marks.count)
        while low < high {
            let middle = (low + high) / 2
            if (marks[middle].y, marks[middle].x) < (y, x) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
