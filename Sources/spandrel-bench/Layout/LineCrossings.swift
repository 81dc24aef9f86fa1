/// Counts where edges without a node in common cross: two at a time, however many run on one line.
enum LineCrossings {
    private struct Stretch {
        var from: (x: Double, y: Double)
        var to: (x: Double, y: Double)
        var line: Int
        var low: Double
        var high: Double
    }

    static func count(_ lines: [DrawnLine]) -> Int {
        var stretches: [Stretch] = []
        for (index, line) in lines.enumerated() {
            for (first, second) in zip(line.points, line.points.dropFirst()) {
                let (from, to) = first.x <= second.x ? (first, second) : (second, first)
                stretches.append(
                    Stretch(from: from, to: to, line: index, low: min(from.y, to.y), high: max(from.y, to.y)))
            }
        }
        stretches.sort { $0.from.x < $1.from.x }
        var open: [Stretch] = []
        var total = 0
        for stretch in stretches {
            var kept = 0
            for index in open.indices {
                let other = open[index]
                guard other.to.x >= stretch.from.x else { continue }
                open[kept] = other
                kept += 1
                if other.high >= stretch.low, stretch.high >= other.low, cross(other, stretch),
                    !areRelated(lines[other.line], lines[stretch.line])
                {
                    total += 1
                }
            }
            open.removeLast(open.count - kept)
            open.append(stretch)
        }
        return total
    }

    private static func areRelated(_ first: DrawnLine, _ second: DrawnLine) -> Bool {
        first.from == second.from || first.to == second.to || first.from == second.to || first.to == second.from
    }

    /// Whether each has its ends on either side of the other.
    private static func cross(_ first: Stretch, _ second: Stretch) -> Bool {
        func side(_ stretch: Stretch, _ point: (x: Double, y: Double)) -> Double {
            (stretch.to.x - stretch.from.x) * (point.y - stretch.from.y)
                - (stretch.to.y - stretch.from.y) * (point.x - stretch.from.x)
        }
        return side(first, second.from) * side(first, second.to) < 0
            && side(second, first.from) * side(second, first.to) < 0
    }
}
