/// The layer of each node: as low as what leads to it allows, then pulled to where edges are short.
struct Ranking {
    private(set) var ranks: [Int32]
    private let part: PartGraph
    private let leaving: Groups
    private let entering: Groups
    /// Every node after those that lead to it.
    private var order: [Int32] = []

    init(_ part: PartGraph) {
        self.part = part
        let count = part.nodes.count
        leaving = Groups(part.arcs.map(\.tail), count: count)
        entering = Groups(part.arcs.map(\.head), count: count)
        ranks = [Int32](repeating: 0, count: count)
        stack()
        tighten()
        let least = ranks.min() ?? 0
        if least != 0 { for node in ranks.indices { ranks[node] -= least } }
    }

    /// A label takes a layer of its own between the ends of its edge.
    private static func span(_ arc: PartGraph.Arc) -> Int32 { arc.label > 0 ? 2 : 1 }

    private mutating func stack() {
        var waiting = ranks.indices.map { Int32(entering.range($0).count) }
        order.reserveCapacity(ranks.count)
        for node in ranks.indices where waiting[node] == 0 { order.append(Int32(node)) }
        var next = 0
        while next < order.count {
            let node = Int(order[next])
            next += 1
            for index in leaving[node] {
                let arc = part.arcs[Int(index)]
                let head = Int(arc.head)
                ranks[head] = max(ranks[head], ranks[node] + Self.span(arc))
                waiting[head] -= 1
                if waiting[head] == 0 { order.append(arc.head) }
            }
        }
    }

    /// Backwards then forwards, as long as edges get shorter: a node goes to the side where it has more edges. Ties go
    /// with the pass, so that chains follow what their end was pulled to.
    private mutating func tighten() {
        var length = totalLength
        for _ in 0..<12 {
            let before = ranks
            for node in order.reversed() { pull(Int(node), tiesForward: true) }
            for node in order { pull(Int(node), tiesForward: false) }
            let now = totalLength
            guard now < length else {
                if now > length { ranks = before }
                return
            }
            length = now
        }
    }

    private mutating func pull(_ node: Int, tiesForward: Bool) {
        let (sources, targets) = (entering.range(node).count, leaving.range(node).count)
        if targets > sources || targets == sources && tiesForward {
            var latest = Int32.max
            for index in leaving[node] {
                let arc = part.arcs[Int(index)]
                latest = min(latest, ranks[Int(arc.head)] - Self.span(arc))
            }
            if latest < Int32.max { ranks[node] = latest }
        } else {
            var earliest = Int32.min
            for index in entering[node] {
                let arc = part.arcs[Int(index)]
                earliest = max(earliest, ranks[Int(arc.tail)] + Self.span(arc))
            }
            if earliest > Int32.min { ranks[node] = earliest }
        }
    }

    private var totalLength: Int {
        part.arcs.reduce(0) { $0 + Int(ranks[Int($1.head)] - ranks[Int($1.tail)]) }
    }
}
