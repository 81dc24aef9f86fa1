/// Lays out a graph in layers, in character cells, so that its edges lead one way as far as they can and cross seldom.
///
/// Cycles are broken where a depth-first walk in the order of the sketch closes them. Layers are as low as can be, and
/// pulled to where edges are short. Long edges are cut where they pass a layer; those that leave one node run together as
/// far as they can, or those that enter one. Orders come from sweeps by barycenter with swaps, places across the layers
/// from exact fits of each layer to its neighbours, and the gap between two layers is as wide as its bends need.
///
/// What holds for every plan: boxes do not overlap; lines keep out of boxes; two lines run on the same cells only where
/// they have their source or their target in common, others at most cross. Where edges pass more layers than a dozen for
/// each node and edge, the longest go around all boxes, in lanes below them (to the right of them, where ranks are rows).
/// All work is bounded by the size of the graph, and every run comes to the same.
package enum LayeredLayout {
    /// Where everything is to be.
    ///
    /// With a `former` plan of nearly the same graph, nodes that were in it keep their order, one beside the other, in
    /// every layer; the same holds for lines that pass. Only where a new order of a connected part has at most half the
    /// crossings between its layers, and eight fewer at least, that is taken: mere luck in the search moves nothing.
    /// Which layer a node is in, and how far things are apart, follows from the sketch and the order alone.
    package static func plan(_ sketch: GraphSketch, keeping former: GraphPlan? = nil) -> GraphPlan {
        var plan = GraphPlan()
        let count = sketch.nodes.count
        plan.boxes = [GraphPlan.Box](repeating: GraphPlan.Box(x: 0, y: 0, width: 1, height: 1), count: count)
        plan.ranks = [Int](repeating: 0, count: count)
        plan.routes = [GraphPlan.Route](repeating: GraphPlan.Route(), count: sketch.edges.count)
        var memory: [UInt64: Int32] = [:]
        if let former {
            memory.reserveCapacity(former.itemKeys.count)
            for (key, place) in zip(former.itemKeys, former.itemPlaces) { memory[key] = place }
        }
        let parts = SketchParts(sketch)
        let layouts = (0..<parts.count).map { PartLayout(parts.part($0, of: sketch), sketch.direction, memory: memory) }
        let corners = Packing.corners(layouts.map { ($0.width, $0.height) })
        for (index, layout) in layouts.enumerated() {
            add(layout, nodes: parts.nodes(index), at: corners[index], sketch.direction, to: &plan)
        }
        return plan
    }

    private static func add(
        _ layout: PartLayout, nodes: ArraySlice<Int32>, at corner: GraphPlan.Point, _ direction: GraphSketch.Direction,
        to plan: inout GraphPlan
    ) {
        plan.width = max(plan.width, corner.x + layout.width)
        plan.height = max(plan.height, corner.y + layout.height)
        plan.crossings += layout.crossings
        for (local, node) in nodes.enumerated() {
            var box = layout.boxes[local]
            box.x += corner.x
            box.y += corner.y
            plan.boxes[Int(node)] = box
            plan.ranks[Int(node)] = Int(layout.ranks[local])
        }
        for (edge, route) in layout.routes {
            var route = route
            for index in route.points.indices {
                route.points[index].x += corner.x
                route.points[index].y += corner.y
            }
            route.label?.x += corner.x
            route.label?.y += corner.y
            for (first, second) in zip(route.points, route.points.dropFirst()) {
                plan.length += abs(first.x - second.x) + abs(first.y - second.y)
            }
            plan.routes[edge] = route
        }
        plan.itemKeys += layout.itemKeys
        let across = Int32(direction == .leftToRight ? corner.y : corner.x)
        plan.itemPlaces += layout.itemPlaces.map { $0 + across }
    }
}
