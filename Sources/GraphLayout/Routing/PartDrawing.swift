/// Gives a part that was ranked, ordered, placed and routed its cells: here the layers' axis becomes columns or rows.
struct PartDrawing {
    private let graph: LayerGraph
    private let placement: CrossPlacement
    private let router: GapRouter
    /// Where each layer begins along the layers' axis, and where the gap behind it does.
    private var layers: [Int] = []
    private var gaps: [Int] = []
    private var extent = 0

    init(_ graph: LayerGraph, _ placement: CrossPlacement, _ router: GapRouter) {
        self.graph = graph
        self.placement = placement
        self.router = router
        var depths = [Int](repeating: 0, count: graph.layerCount)
        for item in 0..<graph.itemCount where graph.ranks[item] >= 0 {
            let layer = Int(graph.ranks[item])
            depths[layer] = max(depths[layer], Int(graph.depths[item]))
        }
        // A loop turns in the cell behind its box.
        let endsInLoop = graph.part.loops.contains { Int(graph.ranks[$0.node]) == graph.layerCount - 1 }
        let spacing = Spacing(graph.direction)
        for layer in depths.indices {
            layers.append(extent)
            extent += depths[layer]
            gaps.append(extent)
            if layer + 1 < depths.count {
                extent += spacing.gap(tracks: router.trackCounts[layer])
            } else if endsInLoop {
                extent += 1
            }
        }
    }

    var size: (width: Int, height: Int) {
        let point = point(extent, router.extent)
        return (point.x, point.y)
    }

    func box(_ node: Int) -> GraphPlan.Box {
        let corner = point(layers[Int(graph.ranks[node])], placement.places[node])
        let size = point(graph.part.depths[node], graph.part.breadths[node])
        return GraphPlan.Box(x: corner.x, y: corner.y, width: size.x, height: size.y)
    }

    func routes() -> [(edge: Int, route: GraphPlan.Route)] {
        var routes: [(edge: Int, route: GraphPlan.Route)] = []
        routes.reserveCapacity(graph.part.arcs.count + graph.part.twins.count + graph.part.loops.count)
        for index in graph.part.arcs.indices { routes.append((graph.part.arcs[index].edge, route(of: index))) }
        for twin in graph.part.twins { routes.append((twin.edge, routes[twin.arc].route)) }
        for loop in graph.part.loops { routes.append((loop.edge, route(of: loop))) }
        return routes
    }

    private func point(_ along: Int, _ across: Int) -> GraphPlan.Point {
        switch graph.direction {
        case .leftToRight: GraphPlan.Point(x: along, y: across)
        case .topDown: GraphPlan.Point(x: across, y: along)
        }
    }

    private func route(of index: Int) -> GraphPlan.Route {
        let arc = graph.part.arcs[index]
        var line = RouteLine()
        let tail = layers[Int(graph.ranks[Int(arc.tail)])] + graph.part.depths[Int(arc.tail)]
        // What leads back ends beside the box, under its last cell.
        line.append(along: arc.isReversed ? tail - 1 : tail, across: placement.row(arc.tailPort))
        let path = graph.paths[index]
        if path.first >= 0 { turn(Int(path.first), &line) }
        for segment in path.trunk { turn(Int(segment), &line) }
        if path.last >= 0 { turn(Int(path.last), &line) }
        let head = layers[Int(graph.ranks[Int(arc.head)])]
        line.append(along: arc.isReversed ? head : head - 1, across: placement.row(arc.headPort))

        var route = GraphPlan.Route()
        route.isReversed = arc.isReversed
        route.points = line.points.map { point($0.along, $0.across) }
        if arc.isReversed { route.points.reverse() }
        let carrier = Int(graph.labels[index])
        if carrier >= 0 { route.label = point(layers[Int(graph.ranks[carrier])], placement.places[carrier]) }
        return route
    }

    private func turn(_ index: Int, _ line: inout RouteLine) {
        let turn = router.turns[index]
        guard turn.first >= 0 else { return }
        let segment = graph.segments[index]
        let gap = Int(segment.gap)
        let spacing = Spacing(graph.direction)
        func place(_ track: Int32) -> Int { gaps[gap] + spacing.track(Int(track), of: router.trackCounts[gap]) }
        line.append(along: place(turn.first), across: placement.row(segment.from))
        line.append(along: place(turn.first), across: Int(turn.row))
        line.append(along: place(turn.second), across: Int(turn.row))
        line.append(along: place(turn.second), across: placement.row(segment.to))
    }

    /// Out of the box and back in beside it.
    private func route(of loop: PartGraph.Loop) -> GraphPlan.Route {
        let node = loop.node
        let begin = layers[Int(graph.ranks[node])]
        let end = begin + graph.part.depths[node]
        let lane = placement.places[node] + graph.part.breadths[node]
        var route = GraphPlan.Route()
        route.points = [
            point(end, placement.row(Int32(node * 2))), point(end, lane), point(end - 1, lane),
        ]
        if loop.label > 0 {
            switch graph.direction {
            case .leftToRight: route.label = point(begin, lane + 1 + loop.place)
            case .topDown: route.label = point(begin + loop.place, lane + 1)
            }
        }
        return route
    }
}
