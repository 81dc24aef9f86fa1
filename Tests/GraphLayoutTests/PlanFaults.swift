import GraphLayout

/// What is wrong with a plan, in words; cell by cell, and knowing nothing of how it was made.
struct PlanFaults {
    typealias Point = GraphPlan.Point

    private(set) var found: [String] = []
    private let sketch: GraphSketch
    private let plan: GraphPlan
    private var boxes: [Point: Int] = [:]
    /// The edges that lead on to the right and down of each cell.
    private var rightward: [Point: [Int]] = [:]
    private var downward: [Point: [Int]] = [:]
    private var passing: [Point: [Int]] = [:]
    private var turning: [Point: [Int]] = [:]

    init(_ sketch: GraphSketch, _ plan: GraphPlan) {
        self.sketch = sketch
        self.plan = plan
        findBoxes()
        for edge in sketch.edges.indices { follow(edge) }
        for steps in [rightward, downward] {
            for (point, edges) in steps { checkRelated(edges, "run on one another at \(point)") }
        }
        for (point, edges) in turning { checkTurn(edges, passing[point] ?? [], point) }
        findLabels()
    }

    private mutating func findBoxes() {
        if plan.boxes.count != sketch.nodes.count || plan.ranks.count != sketch.nodes.count {
            found.append("not all nodes have a box")
        }
        for (index, box) in plan.boxes.enumerated() {
            let node = sketch.nodes[index]
            if box.width != node.width || box.height != node.height { found.append("box \(index) has another size") }
            for y in box.y..<box.y + box.height {
                for x in box.x..<box.x + box.width {
                    let point = Point(x: x, y: y)
                    check(point, "box \(index)")
                    if let other = boxes.updateValue(index, forKey: point) {
                        found.append("boxes \(other) and \(index) overlap")
                    }
                }
            }
        }
    }

    private mutating func check(_ point: Point, _ what: String) {
        if point.x < 0 || point.y < 0 || point.x >= plan.width || point.y >= plan.height {
            found.append("\(what) is outside at \(point)")
        }
    }

    private mutating func follow(_ edge: Int) {
        let route = plan.routes[edge]
        let ends = sketch.edges[edge]
        guard let first = route.points.first, let last = route.points.last else {
            found.append("edge \(edge) has no line")
            return
        }
        if !touches(first, ends.from) { found.append("edge \(edge) does not begin at its source") }
        if !touches(last, ends.to) { found.append("edge \(edge) does not end at its target") }
        if ends.from != ends.to { checkSides(edge, first, last) }
        for (index, pair) in zip(route.points, route.points.dropFirst()).enumerated() {
            let (from, to) = pair
            if (from.x == to.x) == (from.y == to.y) { found.append("edge \(edge) goes askew or nowhere") }
            let step = Point(x: (to.x - from.x).signum(), y: (to.y - from.y).signum())
            var at = from
            visit(at, edge, isFirst: index == 0)
            while at != to {
                let next = Point(x: at.x + step.x, y: at.y + step.y)
                let lower = Point(x: min(at.x, next.x), y: min(at.y, next.y))
                if step.x != 0 {
                    rightward[lower, default: []].append(edge)
                } else {
                    downward[lower, default: []].append(edge)
                }
                at = next
                visit(at, edge, isFirst: true)
            }
        }
        for point in route.points { turning[point, default: []].append(edge) }
    }

    /// Edges that lead on leave at the far side and enter at the near one.
    private mutating func checkSides(_ edge: Int, _ first: Point, _ last: Point) {
        let ends = sketch.edges[edge]
        let (source, target) = (plan.boxes[ends.from], plan.boxes[ends.to])
        let isRight =
            switch (sketch.direction, plan.routes[edge].isReversed) {
            case (.leftToRight, false): first.x == source.x + source.width && last.x == target.x - 1
            case (.leftToRight, true): first.y == source.y + source.height && last.y == target.y + target.height
            case (.topDown, false): first.y == source.y + source.height && last.y == target.y - 1
            case (.topDown, true): first.x == source.x + source.width && last.x == target.x + target.width
            }
        if !isRight { found.append("edge \(edge) is at the wrong side of a box") }
        let isOnward = plan.ranks[ends.from] < plan.ranks[ends.to]
        if isOnward == plan.routes[edge].isReversed { found.append("edge \(edge) is wrongly said to lead on or back") }
    }

    private func touches(_ point: Point, _ node: Int) -> Bool {
        let beside = [(0, 1), (1, 0), (0, -1), (-1, 0)]
        return beside.contains { boxes[Point(x: point.x + $0.0, y: point.y + $0.1)] == node }
    }

    private mutating func visit(_ point: Point, _ edge: Int, isFirst: Bool) {
        guard isFirst else { return }
        check(point, "edge \(edge)")
        if let box = boxes[point] { found.append("edge \(edge) goes through box \(box)") }
        passing[point, default: []].append(edge)
    }

    private func isRelated(_ first: Int, _ second: Int) -> Bool {
        sketch.edges[first].from == sketch.edges[second].from || sketch.edges[first].to == sketch.edges[second].to
    }

    private mutating func checkRelated(_ edges: [Int], _ what: String) {
        let all = edges.map { sketch.edges[$0] }
        if all.allSatisfy({ $0.from == all[0].from }) || all.allSatisfy({ $0.to == all[0].to }) { return }
        for first in edges {
            for second in edges where !isRelated(first, second) { found.append("edges \(first) and \(second) \(what)") }
        }
    }

    /// Where an edge turns, nothing that has no end in common with it comes by: one could not tell which goes where.
    private mutating func checkTurn(_ turning: [Int], _ passing: [Int], _ point: Point) {
        let all = passing.map { sketch.edges[$0] }
        if all.allSatisfy({ $0.from == all[0].from }) || all.allSatisfy({ $0.to == all[0].to }) { return }
        for first in Set(turning) {
            for second in passing where !isRelated(first, second) {
                found.append("edges \(first) and \(second) touch at \(point)")
            }
        }
    }

    private mutating func findLabels() {
        var labels: [Point: Int] = [:]
        for (edge, ends) in sketch.edges.enumerated() {
            guard let label = plan.routes[edge].label else {
                if ends.labelWidth > 0 { found.append("edge \(edge) has no place for its label") }
                continue
            }
            for x in label.x..<label.x + ends.labelWidth {
                let point = Point(x: x, y: label.y)
                check(point, "the label of edge \(edge)")
                if let box = boxes[point] { found.append("the label of edge \(edge) is on box \(box)") }
                if let other = labels.updateValue(edge, forKey: point) {
                    found.append("the labels of edges \(other) and \(edge) overlap")
                }
                for other in passing[point] ?? [] where other != edge {
                    found.append("the label of edge \(edge) is on edge \(other)")
                }
            }
        }
    }
}
