/// A line that is drawn from corner to corner; what goes straight on is no corner.
struct RouteLine {
    private(set) var points: [(along: Int, across: Int)] = []

    mutating func append(along: Int, across: Int) {
        guard let last = points.last else { return points.append((along, across)) }
        guard last != (along, across) else { return }
        if points.count > 1 {
            let before = points[points.count - 2]
            let goesOn =
                before.along == last.along && last.along == along
                || before.across == last.across && last.across == across
            if goesOn { points.removeLast() }
        }
        points.append((along, across))
    }
}
