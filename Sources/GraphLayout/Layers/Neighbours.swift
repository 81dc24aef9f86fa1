/// The items that each item has a line to, in the layer before or in the next.
struct Neighbours {
    private let groups: Groups

    /// Lanes have none.
    init(_ graph: LayerGraph, _ side: Side) {
        let segments = graph.segments
        let keys: [Int32] = segments.map { segment in
            guard graph.ranks[segment.tail] >= 0, graph.ranks[segment.head] >= 0 else { return -1 }
            return Int32(side == .above ? segment.head : segment.tail)
        }
        segmentGroups = Groups(keys, count: graph.itemCount)
        groups = segmentGroups.map { Int32(side == .above ? segments[Int($0)].tail : segments[Int($0)].head) }
    }

    /// The segments that lead there, in the same order.
    let segmentGroups: Groups

    /// Towards lower layers, or towards higher ones.
    enum Side { case above, below }

    subscript(item: Int) -> ArraySlice<Int32> { groups[item] }

    /// Where the item's neighbours are among those of all items.
    func range(_ item: Int) -> Range<Int> { groups.range(item) }
}
