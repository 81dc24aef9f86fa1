/// The nodes of a part and the lines between them, cut where they pass a layer. An item is a node, or a line within a
/// layer (of one edge, or of several that have an end in common), or an outer lane that is in no layer.
struct LayerGraph {
    /// A line from an item to one of the next layer.
    struct Segment {
        /// The ports where it leaves and where it enters, see `ports`.
        var from: Int32
        var to: Int32
        /// It leads from this layer to the next.
        var gap: Int32

        var tail: Int { Int(from >> 1) }
        var head: Int { Int(to >> 1) }
    }

    /// The segments of an arc: the first, those of a line it shares or has alone, and the last.
    struct Path {
        var first: Int32 = -1
        var trunk: Range<Int32> = 0..<0
        var last: Int32 = -1
    }

    let part: PartGraph
    let direction: GraphSketch.Direction
    /// Of each item; nodes come first. Lanes have none: -1.
    private(set) var ranks: [Int32]
    /// Tell the items again in a later layout.
    private(set) var keys: [UInt64]
    /// Along the layers' axis; 0 for a line.
    private(set) var depths: [Int32]
    /// Across the layers, with the margin where edges that lead back come in, and with the labels of loops.
    private(set) var breadths: [Int32]
    /// Two for each item, on either side of it: how far from its beginning edges leave and enter that lead on, and those
    /// that lead back.
    private(set) var ports: [Int32]
    var segments: [Segment] = []
    /// One for each arc.
    var paths: [Path]
    /// The item that carries an arc's label.
    var labels: [Int32]
    /// Items in no layer, and from which gap to which they are.
    var lanes: [(item: Int, gaps: ClosedRange<Int32>)] = []
    private(set) var layerCount: Int

    init(_ part: PartGraph, direction: GraphSketch.Direction, ranks nodeRanks: [Int32]) {
        self.part = part
        self.direction = direction
        ranks = nodeRanks
        keys = part.keys
        depths = part.depths.map(Int32.init)
        breadths = part.breadths.map(Int32.init)
        ports = part.breadths.flatMap { [Int32($0 - 1) / 2, Int32($0)] }
        layerCount = Int(nodeRanks.max() ?? 0) + 1
        paths = [Path](repeating: Path(), count: part.arcs.count)
        labels = [Int32](repeating: -1, count: part.arcs.count)
        addMargins()
        connect()
    }

    var itemCount: Int { ranks.count }

    func isNode(_ item: Int) -> Bool { item < part.nodes.count }

    /// A line that passes a layer, or a lane.
    mutating func addItem(key: UInt64, rank: Int32, depth: Int = 0, breadth: Int = 1) -> Int {
        ranks.append(rank)
        keys.append(key)
        depths.append(Int32(depth))
        breadths.append(Int32(breadth))
        let middle = Int32(breadth - 1) / 2
        ports.append(middle)
        ports.append(middle)
        return ranks.count - 1
    }

    /// A lane beside a node for edges that lead back to it or from it and for its loops, and beyond it for the labels of
    /// those.
    private mutating func addMargins() {
        for arc in part.arcs where arc.isReversed {
            for node in [Int(arc.tail), Int(arc.head)] { breadths[node] = Int32(part.breadths[node] + 1) }
        }
        for loop in part.loops { breadths[loop.node] = Int32(part.breadths[loop.node] + 1) }
        for loop in part.loops where loop.label > 0 {
            let node = loop.node
            switch direction {
            case .leftToRight:
                breadths[node] = max(breadths[node], Int32(part.breadths[node] + 2 + loop.place))
                depths[node] = max(depths[node], Int32(loop.label))
            case .topDown:
                breadths[node] = max(breadths[node], Int32(part.breadths[node] + 1 + loop.label))
                depths[node] = max(depths[node], Int32(loop.place + 1))
            }
        }
    }
}
