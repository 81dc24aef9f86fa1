import GraphLayout

/// A stretch of rows that belongs to one agent.
package struct GraphLane: Sendable, Equatable {
    package var agent: String
    package var y: Int
    package var height: Int
}

/// Places the steps of each agent in rows of its own, in columns by what they come after. Lines are drawn of one step at a
/// time: between lanes they would cross wherever they went.
enum GraphLanes {
    /// Room for the names of the agents, on the left.
    static let nameWidth = 15
    private static let gap = 4

    static func plan(_ scene: GraphScene) -> (plan: GraphPlan, lanes: [GraphLane]) {
        let layered = LayeredLayout.plan(scene.sketch)
        var plan = GraphPlan()
        plan.ranks = layered.ranks
        plan.boxes = layered.boxes
        let columns = columns(scene, layered.ranks)
        var lanes: [GraphLane] = []
        var members: [String: [Int]] = [:]
        var order: [String] = []
        for (place, agent) in scene.agents.enumerated() {
            if members[agent] == nil { order.append(agent) }
            members[agent, default: []].append(place)
        }
        var y = 1
        for agent in order {
            let places = (members[agent] ?? []).sorted { (layered.boxes[$0].y, $0) < (layered.boxes[$1].y, $1) }
            var used: [Int: Int] = [:]
            var height = 1
            for place in places {
                let rank = layered.ranks[place]
                let row = used[rank] ?? 0
                plan.boxes[place].x = columns[rank] ?? nameWidth
                plan.boxes[place].y = y + row
                used[rank] = row + plan.boxes[place].height
                height = max(height, row + plan.boxes[place].height)
            }
            lanes.append(GraphLane(agent: agent, y: y, height: height))
            y += height + 1
        }
        plan.width = plan.boxes.map { $0.x + $0.width }.max() ?? 0
        plan.height = y
        plan.routes = scene.edges.map { route(from: plan.boxes[$0.from], to: plan.boxes[$0.to]) }
        return (plan, lanes)
    }

    private static func columns(_ scene: GraphScene, _ ranks: [Int]) -> [Int: Int] {
        var widths: [Int: Int] = [:]
        for (place, rank) in ranks.enumerated() {
            widths[rank] = max(widths[rank] ?? 0, scene.sketch.nodes[place].width)
        }
        var x = nameWidth
        var columns: [Int: Int] = [:]
        for rank in widths.keys.sorted() {
            columns[rank] = x
            x += (widths[rank] ?? 0) + gap
        }
        return columns
    }

    /// Out to the right, up or down before the target's column, and in from the left; to a column that does not lie ahead,
    /// by the row below the source.
    private static func route(from source: GraphPlan.Box, to target: GraphPlan.Box) -> GraphPlan.Route {
        var route = GraphPlan.Route()
        let start = GraphPlan.Point(x: source.x + source.width, y: source.y + source.height / 2)
        let end = GraphPlan.Point(x: target.x - 1, y: target.y + target.height / 2)
        let turn = target.x - 2
        if turn >= start.x {
            route.points = [start, .init(x: turn, y: start.y), .init(x: turn, y: end.y), end]
        } else {
            let below = source.y + source.height
            route.isReversed = true
            route.points = [
                start, .init(x: start.x, y: below), .init(x: turn, y: below), .init(x: turn, y: end.y), end,
            ]
        }
        return route
    }
}
