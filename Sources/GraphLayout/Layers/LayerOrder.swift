/// The items of each layer, one beside the other.
struct LayerOrder {
    /// The items of all layers, layer by layer.
    private(set) var items: [Int32]
    /// Where each layer begins.
    let starts: [Int]
    /// The place of each item within its layer.
    private(set) var places: [Int32]

    /// In each layer by `priority`, and what has the same by index.
    init(_ graph: LayerGraph, by priority: [Int64]) {
        let groups = Groups(graph.ranks, count: graph.layerCount)
        items = []
        items.reserveCapacity(graph.itemCount)
        var starts = [0]
        places = [Int32](repeating: 0, count: graph.itemCount)
        for layer in 0..<graph.layerCount {
            items += groups[layer].sorted { (priority[Int($0)], $0) < (priority[Int($1)], $1) }
            starts.append(items.count)
        }
        self.starts = starts
        for layer in 0..<graph.layerCount { number(layer) }
    }

    var layerCount: Int { starts.count - 1 }

    func range(_ layer: Int) -> Range<Int> { starts[layer]..<starts[layer + 1] }

    subscript(layer: Int) -> ArraySlice<Int32> { items[range(layer)] }

    mutating func set(_ layer: Int, _ place: Int, to item: Int32) {
        items[starts[layer] + place] = item
        places[Int(item)] = Int32(place)
    }

    mutating func swap(_ layer: Int, _ place: Int) {
        let at = starts[layer] + place
        items.swapAt(at, at + 1)
        places[Int(items[at])] = Int32(place)
        places[Int(items[at + 1])] = Int32(place + 1)
    }

    private mutating func number(_ layer: Int) {
        for (place, at) in range(layer).enumerated() { places[Int(items[at])] = Int32(place) }
    }
}
