/// Where each item is across the layers: in the order of its layer, apart, and such that lines are straight where they
/// can be, those that pass many layers before all.
struct CrossPlacement {
    private let graph: LayerGraph
    private let order: LayerOrder
    private let above: Neighbours
    private let below: Neighbours
    /// The first cell of each item, margins and all; lanes are put behind everything else.
    private(set) var places: [Int]
    /// Behind all items.
    private(set) var extent = 0
    /// Where lanes are.
    private(set) var laneRows = 0..<0

    private var fit = MonotoneFit()
    private var offsets: [Int] = []
    private var fitted: [Int] = []
    private var ends: [Int] = []

    init(_ graph: LayerGraph, _ order: LayerOrder, above: Neighbours, below: Neighbours) {
        self.graph = graph
        self.order = order
        self.above = above
        self.below = below
        places = [Int](repeating: 0, count: graph.itemCount)
        settle()
        let least = places.indices.lazy.filter { graph.ranks[$0] >= 0 }.map { [places] in places[$0] }.min() ?? 0
        for item in places.indices where graph.ranks[item] >= 0 {
            places[item] -= least
            extent = max(extent, places[item] + Int(graph.breadths[item]))
        }
        putLanes()
    }

    private mutating func settle() {
        let last = order.layerCount - 1
        for layer in 0...max(0, last) { arrange(layer, fromAbove: layer > 0, fromBelow: false) }
        var best = places
        var least = cost
        func keepIfBetter(_ places: [Int], _ cost: Int) -> Bool {
            guard cost < least else { return false }
            (best, least) = (places, cost)
            return true
        }
        let passes = min(10, max(2, 1_500_000 / max(1, graph.segments.count)))
        for _ in 0..<passes where last > 0 && least > 0 {
            for layer in (0..<last).reversed() { arrange(layer, fromAbove: false, fromBelow: true) }
            let isUpBetter = keepIfBetter(places, cost)
            for layer in 1...last { arrange(layer, fromAbove: true, fromBelow: false) }
            let isDownBetter = keepIfBetter(places, cost)
            if !isUpBetter && !isDownBetter { break }
        }
        // From the best on, each layer only where it lengthens nothing.
        places = best
        for _ in 0..<min(4, passes) where last > 0 && least > 0 {
            for layer in (0...last).reversed() { arrange(layer, fromAbove: true, fromBelow: true) }
            for layer in 0...last { arrange(layer, fromAbove: true, fromBelow: true) }
            guard keepIfBetter(places, cost) else { break }
        }
        places = best
    }

    /// Puts a layer's items as near as can be to where their neighbours in the layers beside it lie.
    private mutating func arrange(_ layer: Int, fromAbove: Bool, fromBelow: Bool) {
        fit.clear()
        offsets.removeAll(keepingCapacity: true)
        var offset = 0
        var previous: Int?
        for item in order[layer] {
            let item = Int(item)
            if let previous {
                offset += Int(graph.breadths[previous])
                offset += Spacing(graph.direction).between(graph.isNode(previous), graph.isNode(item))
            }
            previous = item
            offsets.append(offset)
            ends.removeAll(keepingCapacity: true)
            if fromAbove { wish(item, above.segmentGroups[item], offset) }
            if fromBelow { wish(item, below.segmentGroups[item], offset) }
            if ends.isEmpty {
                fit.wish(places[item] - offset, weight: 1)
            } else if ends.count % 2 == 0 {
                // Anywhere between the two in the middle is as good; the middle looks best.
                ends.sort()
                fit.wish((ends[ends.count / 2 - 1] + ends[ends.count / 2]) / 2, weight: 1)
            }
            fit.endNumber()
        }
        fit.solve(into: &fitted)
        for (index, item) in order[layer].enumerated() { places[Int(item)] = fitted[index] + offsets[index] }
    }

    private mutating func wish(_ item: Int, _ segments: ArraySlice<Int32>, _ offset: Int) {
        for index in segments {
            let segment = graph.segments[Int(index)]
            let (own, other) = segment.tail == item ? (segment.from, segment.to) : (segment.to, segment.from)
            let place = row(other) - Int(graph.ports[Int(own)]) - offset
            fit.wish(place, weight: 4 * weight(segment))
            ends.append(place)
        }
    }

    /// A bend in a long line looks worse than one beside a box.
    private func weight(_ segment: LayerGraph.Segment) -> Int {
        switch (graph.isNode(segment.tail), graph.isNode(segment.head)) {
        case (true, true): 1
        case (false, false): 8
        default: 2
        }
    }

    /// Where the lines of a port are.
    func row(_ port: Int32) -> Int { places[Int(port >> 1)] + Int(graph.ports[Int(port)]) }

    private var cost: Int {
        graph.segments.reduce(0) { sum, segment in
            guard graph.ranks[segment.tail] >= 0, graph.ranks[segment.head] >= 0 else { return sum }
            return sum + weight(segment) * abs(row(segment.from) - row(segment.to))
        }
    }

    /// Each lane gets the first row that is free along it.
    private mutating func putLanes() {
        let first = extent + 1
        let beginning = graph.lanes.sorted { ($0.gaps.lowerBound, $0.item) < ($1.gaps.lowerBound, $1.item) }
        let ending = graph.lanes.sorted { ($0.gaps.upperBound, $0.item) < ($1.gaps.upperBound, $1.item) }
        var free = IndexHeap()
        var count: Int32 = 0
        var ended = 0
        for lane in beginning {
            while ending[ended].gaps.upperBound < lane.gaps.lowerBound {
                free.push(Int32((places[ending[ended].item] - first) / 2))
                ended += 1
            }
            let row = free.pop() ?? count
            count = max(count, row + 1)
            places[lane.item] = first + Int(row) * 2
        }
        guard count > 0 else { return }
        extent = first + Int(count) * 2 - 1
        laneRows = first..<extent
    }
}
