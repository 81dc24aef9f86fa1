/// A connected part of a sketch, its edges turned so that none leads back: sizes along the layers' axis are depths, those
/// across it breadths.
struct PartGraph {
    /// An edge that leads from a lower layer to a higher one; one that is reversed has its source at the head.
    struct Arc {
        var edge: Int
        var tail: Int32
        var head: Int32
        var isReversed: Bool
        /// Cells of its label.
        var label: Int

        /// The place where it leaves its tail: reversed edges have one of their own, see `LayerGraph.ports`.
        var tailPort: Int32 { tail * 2 + (isReversed ? 1 : 0) }
        /// The place where it enters its head.
        var headPort: Int32 { head * 2 + (isReversed ? 1 : 0) }
        /// The same for all arcs between two ports.
        var ends: UInt64 { UInt64(UInt32(bitPattern: tailPort)) << 32 | UInt64(UInt32(bitPattern: headPort)) }
    }

    /// An edge from a node to itself.
    struct Loop {
        var edge: Int
        var node: Int
        /// Cells of its label.
        var label: Int
        /// How many loops with labels the node has before this one.
        var place: Int
    }

    /// Indices in the sketch.
    var nodes: [Int]
    var keys: [UInt64] = []
    var depths: [Int] = []
    var breadths: [Int] = []
    var arcs: [Arc] = []
    var loops: [Loop] = []
    /// Edges that are drawn on the line of another between the same nodes, with the arc of that.
    var twins: [(edge: Int, arc: Int)] = []

    /// `edges` are those of the sketch between `nodes`; `locals` says for each node of the sketch which of `nodes` it is.
    init(_ sketch: GraphSketch, nodes: ArraySlice<Int32>, edges: ArraySlice<Int32>, locals: [Int32]) {
        self.nodes = nodes.map(Int.init)
        for index in self.nodes {
            let node = sketch.nodes[index]
            let (width, height) = (max(1, node.width), max(1, node.height))
            keys.append(node.key)
            depths.append(sketch.direction == .leftToRight ? width : height)
            breadths.append(sketch.direction == .leftToRight ? height : width)
        }
        var labelledLoops: [Int: Int] = [:]
        for index in edges {
            let edge = sketch.edges[Int(index)]
            let label = max(0, edge.labelWidth)
            if edge.from == edge.to {
                let node = Int(locals[edge.from])
                loops.append(Loop(edge: Int(index), node: node, label: label, place: labelledLoops[node, default: 0]))
                if label > 0 { labelledLoops[node, default: 0] += 1 }
            } else {
                arcs.append(
                    Arc(
                        edge: Int(index), tail: locals[edge.from], head: locals[edge.to], isReversed: false,
                        label: label))
            }
        }
        breakCycles()
        foldTwins()
    }

    /// Several edges without labels between the same nodes are one line.
    private mutating func foldTwins() {
        var seen: [UInt64: Int] = [:]
        seen.reserveCapacity(arcs.count)
        var kept: [Arc] = []
        kept.reserveCapacity(arcs.count)
        for arc in arcs {
            if arc.label == 0, let first = seen[arc.ends] {
                twins.append((arc.edge, first))
            } else {
                if arc.label == 0 { seen[arc.ends] = kept.count }
                kept.append(arc)
            }
        }
        arcs = kept
    }
}
