/// A connected part, laid out: everything is counted from its own top left.
struct PartLayout {
    private(set) var width = 0
    private(set) var height = 0
    /// Beside the part's nodes.
    private(set) var boxes: [GraphPlan.Box] = []
    /// Beside the part's nodes.
    private(set) var ranks: [Int32] = []
    /// With the edges of the sketch that they are of.
    private(set) var routes: [(edge: Int, route: GraphPlan.Route)] = []
    private(set) var crossings = 0
    private(set) var itemKeys: [UInt64] = []
    /// The middle of each item across the layers.
    private(set) var itemPlaces: [Int32] = []

    /// `memory` tells where items were before, by their keys.
    init(_ part: PartGraph, _ direction: GraphSketch.Direction, memory: [UInt64: Int32]) {
        guard part.nodes.count > 1 || !part.loops.isEmpty else {
            placeAlone(part, direction)
            return
        }
        ranks = Ranking(part).ranks
        let graph = LayerGraph(part, direction: direction, ranks: ranks)
        let above = Neighbours(graph, .above)
        let below = Neighbours(graph, .below)
        let order = Self.order(graph, above, below, memory)
        let placement = CrossPlacement(graph, order, above: above, below: below)
        let router = GapRouter(graph, placement)
        let drawing = PartDrawing(graph, placement, router)
        boxes = part.nodes.indices.map { drawing.box($0) }
        routes = drawing.routes()
        (width, height) = drawing.size
        crossings = router.crossings
        itemKeys = graph.keys
        itemPlaces = placement.places.indices.map { Int32(placement.places[$0]) + graph.breadths[$0] / 2 }
    }

    /// There may be very many nodes without an edge.
    private mutating func placeAlone(_ part: PartGraph, _ direction: GraphSketch.Direction) {
        let (depth, breadth) = (part.depths[0], part.breadths[0])
        (width, height) = direction == .leftToRight ? (depth, breadth) : (breadth, depth)
        boxes = [GraphPlan.Box(x: 0, y: 0, width: width, height: height)]
        ranks = [0]
        itemKeys = part.keys
        itemPlaces = [Int32(breadth) / 2]
    }

    /// The order that was, unless another has clearly fewer crossings: at most half of them, and eight less.
    private static func order(
        _ graph: LayerGraph, _ above: Neighbours, _ below: Neighbours, _ memory: [UInt64: Int32]
    ) -> LayerOrder {
        let start = OrderStart(graph, above: above, below: below)
        var search = OrderSearch(graph, above: above, below: below)
        guard !memory.isEmpty, let former = start.former(memory) else { return search.best(from: start.walks).order }
        let kept = search.best(from: [former.order], anchored: former.isKnown)
        guard kept.crossings >= 8 else { return kept.order }
        let fresh = search.best(from: start.walks)
        let isClear = fresh.crossings <= kept.crossings / 2 && fresh.crossings <= kept.crossings - 8
        return isClear ? fresh.order : kept.order
    }
}
