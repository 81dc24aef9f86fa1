/// Looks for an order of the layers with few crossings: sweeps that bring each item to the mean of its neighbours, and
/// swaps of two that are side by side. What is anchored keeps its order among what is anchored in its layer.
///
/// How long it looks is bounded by the neighbours it has looked at, so that every run comes to the same.
struct OrderSearch {
    let graph: LayerGraph
    let above: Neighbours
    let below: Neighbours
    var order: LayerOrder
    var isAnchored: [Bool]
    /// Places of the neighbours of a layer's items, ascending, beside those of `above` and `below`.
    var placesAbove: [Int32]
    var placesBelow: [Int32]
    var filled: [Int32]
    private var counter = PlaceCounter()
    private var values: [Double] = []
    private var sorting: [(value: Double, place: Int32, item: Int32)] = []
    var work = 0
    /// What is equal changes places.
    var isTurning = false
    private var seed: UInt64 = 1

    /// How often in vain the best order is stirred, and sweeps are made.
    private static let stirs = 24
    private static let patience = 5

    init(_ graph: LayerGraph, above: Neighbours, below: Neighbours) {
        self.graph = graph
        self.above = above
        self.below = below
        placesAbove = [Int32](repeating: 0, count: graph.segments.count)
        placesBelow = placesAbove
        filled = [Int32](repeating: 0, count: graph.itemCount)
        isAnchored = [Bool](repeating: false, count: graph.itemCount)
        order = LayerOrder(graph, by: [Int64](repeating: 0, count: graph.itemCount))
    }

    /// The best order found from each of these, and from stirring the best of them; and its crossings.
    mutating func best(from starts: [LayerOrder], anchored: [Bool]? = nil) -> (order: LayerOrder, crossings: Int) {
        isAnchored = anchored ?? [Bool](repeating: false, count: graph.itemCount)
        let limit = min(4_000_000, 4000 * graph.segments.count) + min(16_000_000, 150 * graph.segments.count)
        work = 0
        var best = (order: order, crossings: Int.max)
        for start in starts where work < limit && best.crossings > 0 {
            order = start
            improve(&best, limit)
        }
        guard anchored == nil else { return best }
        var failures = 0
        while failures < Self.stirs, work < limit, best.crossings > 0 {
            let before = best.crossings
            order = best.order
            stir()
            improve(&best, limit)
            failures = best.crossings < before ? 0 : failures + 1
        }
        return best
    }

    /// Sweeps down and up for as long as that leads to something, then moves single items of the best that came of it.
    private mutating func improve(_ best: inout (order: LayerOrder, crossings: Int), _ limit: Int) {
        var found = (order: order, crossings: crossings())
        var idle = 0
        var sweep = 0
        while idle < Self.patience, sweep < 40, work < limit, found.crossings > 0 {
            // Now and then what is equal changes places, which gets over plateaus.
            isTurning = sweep % 4 > 1
            self.sweep(down: sweep % 2 == 0)
            transposeAll()
            let now = crossings()
            idle = now < found.crossings ? 0 : idle + 1
            if now < found.crossings { found = (order, now) }
            sweep += 1
        }
        order = found.order
        if found.crossings > 0 {
            siftAll(limit)
            found = (order, crossings())
        }
        if found.crossings < best.crossings { best = found }
    }

    /// Moves some items of each layer by a little.
    private mutating func stir() {
        for layer in 0..<order.layerCount {
            let count = order.range(layer).count
            let reach = Double(max(2, count / 4))
            sorting.removeAll(keepingCapacity: true)
            for (place, item) in order[layer].enumerated() {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let moves = seed >> 60 < 4
                let by = Double(seed >> 16 & 0xFFFF) / 32768 - 1
                sorting.append((Double(place) + (moves ? by * reach : 0), Int32(place), item))
            }
            putSorted(layer)
        }
    }

    private mutating func sweep(down: Bool) {
        if down {
            for layer in 1..<max(1, order.layerCount) { arrange(layer, above) }
        } else {
            for layer in (0..<max(0, order.layerCount - 1)).reversed() { arrange(layer, below) }
        }
    }

    /// Sorts a layer by the mean place of the neighbours on one side.
    private mutating func arrange(_ layer: Int, _ neighbours: Neighbours) {
        values.removeAll(keepingCapacity: true)
        var last = -1.0
        for item in order[layer] {
            let near = neighbours[Int(item)]
            work += near.count + 1
            if !near.isEmpty {
                last = near.reduce(0.0) { $0 + Double(order.places[Int($1)]) } / Double(near.count)
            }
            // What has none stays beside what it was beside.
            values.append(last)
        }
        holdAnchored(layer)
        sorting.removeAll(keepingCapacity: true)
        for (place, item) in order[layer].enumerated() {
            // Turned around, what is anchored would lose its order.
            let turned = isTurning && !isAnchored[Int(item)] ? Int32(-1 - place) : Int32(place)
            sorting.append((values[place], turned, item))
        }
        putSorted(layer)
    }

    private mutating func putSorted(_ layer: Int) {
        sorting.sort { ($0.value, $0.place) < ($1.value, $1.place) }
        for place in sorting.indices { order.set(layer, place, to: sorting[place].item) }
    }

    /// Gives anchored items the nearest values that leave them in their order: neighbours that would change places get
    /// the mean of theirs.
    private mutating func holdAnchored(_ layer: Int) {
        var blocks: [(sum: Double, count: Int)] = []
        for (place, item) in order[layer].enumerated() where isAnchored[Int(item)] {
            var block = (sum: values[place], count: 1)
            while let last = blocks.last, last.sum * Double(block.count) > block.sum * Double(last.count) {
                block = (last.sum + block.sum, last.count + block.count)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        guard !blocks.isEmpty else { return }
        var index = 0
        var left = blocks[0].count
        var floor = -Double.infinity
        for (place, item) in order[layer].enumerated() where isAnchored[Int(item)] {
            if left == 0 {
                index += 1
                left = blocks[index].count
            }
            left -= 1
            // Rounding must not turn two means around.
            floor = max(floor, blocks[index].sum / Double(blocks[index].count))
            values[place] = floor
        }
    }

    private mutating func crossings() -> Int {
        var total = 0
        for layer in 0..<max(0, order.layerCount - 1) {
            gatherBelow(layer)
            counter.clear(order.range(layer + 1).count)
            for item in order[layer] {
                let range = below.range(Int(item))
                for at in range { total += counter.countBeyond(placesBelow[at]) }
                for at in range { counter.add(placesBelow[at]) }
            }
        }
        return total
    }
}
