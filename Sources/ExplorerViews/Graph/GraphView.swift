import Cells
import Explorer
import GraphLayout
import TraceAnalysis
import TraceModel

/// The graph of a trace: what was planned, what waits for what, and how it went.
enum GraphView {
    static func draw(_ canvas: inout Canvas, _ state: ExplorerState, _ context: ViewContext, _ layout: ExplorerLayout) {
        guard let view = state.graph else { return }
        canvas.fill(layout.heading.top(1), .header)
        guard let graph = view.graph, let drawing = view.drawing else {
            let text = view.failure ?? "Drawing \(view.trace.map { "the graph of \($0)" } ?? "who calls whom") …"
            canvas.write(TextWidth.clip(text, to: layout.heading.width - 2), x: 1, y: layout.heading.y, .header)
            return
        }
        drawHeading(&canvas, view, graph, layout.heading)
        if layout.heading.height > 1 { drawTime(&canvas, view, graph, context, layout.heading) }
        let area = layout.list
        drawEdges(&canvas, view, drawing, area)
        for (place, box) in drawing.plan.boxes.enumerated() where isInSight(box, view, area) {
            let node = drawing.scene.nodes[place]
            guard graph.nodes.indices.contains(node), let now = view.state(of: node) else { continue }
            GraphBox(
                node: graph.nodes[node], state: now, isSelected: graph.nodes[node].id == view.selected,
                isCritical: view.critical.contains(node), isMatch: view.matches.contains(node),
                hidden: drawing.scene.hidden[place], duration: duration(node, graph, view)
            ).draw(&canvas, box, zoom: view.zoom, offset: view.offset, in: area)
        }
        drawLabels(&canvas, view, drawing, area)
        drawLanes(&canvas, view, drawing, area)
        if area.width >= 90, area.height >= 14 { Minimap.draw(&canvas, view, drawing.plan, in: area) }
        GraphDetails.draw(&canvas, view, graph, context, layout.paneHeading, layout.pane)
    }

    private static func isInSight(_ box: GraphPlan.Box, _ view: GraphState, _ area: Rectangle) -> Bool {
        box.x < view.offset.x + area.width && box.x + box.width > view.offset.x
            && box.y < view.offset.y + area.height && box.y + box.height > view.offset.y
    }

    /// Of a past moment, how long a node had taken by then.
    static func duration(_ node: Int, _ graph: MissionGraph, _ view: GraphState) -> Int64 {
        guard let moment = view.moment, graph.moments.indices.contains(moment) else {
            return graph.nodes[node].duration
        }
        let now = graph.moments[moment].time
        let whole = graph.nodes[node].duration
        guard graph.nodes[node].start > 0 else { return 0 }
        let past = max(0, now - graph.nodes[node].start)
        return whole > 0 ? min(past, whole) : past
    }

    /// The names of the lanes, on the left whatever part is in sight, and a line over each.
    private static func drawLanes(
        _ canvas: inout Canvas, _ view: GraphState, _ drawing: GraphDrawing, _ area: Rectangle
    ) {
        for lane in drawing.lanes {
            let rule = lane.y - 1 - view.offset.y
            if rule >= 0, rule < area.height {
                for x in 0..<area.width where canvas.screen[area.x + x, area.y + rule].text == " " {
                    canvas.write("┈", x: area.x + x, y: area.y + rule, .treeLine)
                }
            }
            let y = max(0, lane.y - view.offset.y)
            guard y < area.height, lane.y + lane.height > view.offset.y else { continue }
            let name = lane.agent.isEmpty ? "nobody" : Display.printable(lane.agent)
            canvas.fill(Rectangle(x: area.x, y: area.y + y, width: 14, height: 1), .text)
            canvas.write(TextWidth.clip(name, to: 12), x: area.x + 1, y: area.y + y, .spanAgent)
        }
    }

    // MARK: Lines around

    private static func drawHeading(
        _ canvas: inout Canvas, _ view: GraphState, _ graph: MissionGraph, _ area: Rectangle
    ) {
        let states = graph.nodes.indices.compactMap { graph.nodes[$0].isMissing ? nil : view.state(of: $0) }
        var facts: [String] = []
        if graph.origin == .calls {
            facts = ["calls, errors and p95 of \(Figures.grouped(states.count))"]
        } else {
            facts = ["\(Figures.grouped(states.count)) step\(states.count == 1 ? "" : "s")"]
            facts += MissionGraph.counts(states).map { "\($0.1) \($0.0.rawValue)" }
        }
        let cycles = view.cycles.count
        if cycles > 0 { facts.append("↻\(cycles)") }
        if graph.origin != .calls { facts.append("from \(graph.origin.rawValue)") }
        if graph.omitted > 0 { facts.append("\(Figures.count(graph.omitted)) spans left out") }
        let text = facts.joined(separator: " · ")
        canvas.write(text, endingAt: area.width - 1, y: area.y, .header, limit: area.width * 2 / 3)
        let room = area.width - min(TextWidth.columns(of: text), area.width * 2 / 3) - 3
        let root =
            view.roots.last.flatMap { graph.position(of: $0) }.map { graph.nodes[$0] }
            ?? graph.nodes.first { $0.parent == nil }
        let title =
            graph.origin == .calls
            ? "Who calls whom"
            : root.map { $0.goal.isEmpty ? $0.title : "\($0.title)  \($0.goal)" } ?? "nothing to draw"
        let inside = view.roots.isEmpty ? "" : "inside "
        canvas.write(TextWidth.clip(inside + title, to: max(0, room)), x: 1, y: area.y, .header)
    }

    private static func drawTime(
        _ canvas: inout Canvas, _ view: GraphState, _ graph: MissionGraph, _ context: ViewContext, _ area: Rectangle
    ) {
        guard let moment = view.moment, graph.moments.indices.contains(moment) else { return }
        let y = area.y + 1
        let event = graph.moments[moment]
        let node = graph.nodes[event.node]
        let sign = view.isPlaying ? "▶" : "‖"
        let place = "\(sign) \(moment + 1) of \(graph.moments.count)"
        var x = 1 + canvas.write(place, x: 1, y: y, .badge)
        let length = max(0, min(30, area.width / 4))
        let done = graph.moments.count > 1 ? moment * (length - 1) / (graph.moments.count - 1) : 0
        x += 2
        for column in 0..<length {
            canvas.write(column == done ? "●" : "─", x: x + column, y: y, column <= done ? .badge : .textDim)
        }
        x += length + 2
        let time = context.localTime(event.time)
        let text = "\(time.clock)  \(node.title) → \(node.changes[event.change].state.rawValue)"
        canvas.write(TextWidth.clip(text, to: max(0, area.width - x - 1)), x: x, y: y, .text)
    }

    // MARK: Edges

    private static func drawEdges(
        _ canvas: inout Canvas, _ view: GraphState, _ drawing: GraphDrawing, _ area: Rectangle
    ) {
        var ink = drawing.lanes.isEmpty ? drawing.ink : view.selectedInk ?? drawing.ink
        if view.moment != nil, drawing.lanes.isEmpty {
            let there = drawing.scene.nodes.map { view.state(of: $0) != nil }
            ink = GraphInk(
                drawing.plan, of: drawing.scene.sketch,
                only: drawing.scene.edges.indices.filter {
                    there[drawing.scene.edges[$0].from] && there[drawing.scene.edges[$0].to]
                })
        }
        let cells = ink.cells(x: view.offset.x, y: view.offset.y, width: area.width, height: area.height)
        // What stands out is told by its look alone: the lines stay joined as they are.
        let accents: [(cells: [GraphInk.Cell], role: Role)] =
            view.moment != nil
            ? []
            : [(view.selectedInk, .textStrong), (view.criticalInk, .waterfallCritical)].compactMap { ink, role in
                ink.map {
                    ($0.cells(x: view.offset.x, y: view.offset.y, width: area.width, height: area.height), role)
                }
            }
        for (index, cell) in cells.enumerated() where !cell.arms.isEmpty || !cell.head.isEmpty {
            let edge = drawing.scene.edges.indices.contains(cell.edge) ? drawing.scene.edges[cell.edge] : nil
            let accent = accents.first { !$0.cells[index].arms.isEmpty || !$0.cells[index].head.isEmpty }
            let role: Role = accent?.role ?? (edge?.kind == "parent" ? .treeLine : .graphEdge)
            canvas.write(
                String(GraphLines.character(cell, kind: edge?.kind ?? "data")), x: area.x + index % area.width,
                y: area.y + index / area.width, role, limit: 1)
        }
    }

    private static func drawLabels(
        _ canvas: inout Canvas, _ view: GraphState, _ drawing: GraphDrawing, _ area: Rectangle
    ) {
        for (edge, route) in zip(drawing.scene.edges, drawing.plan.routes) {
            guard let label = route.label, !edge.label.isEmpty else { continue }
            if view.moment != nil,
                view.state(of: drawing.scene.nodes[edge.from]) == nil
                    || view.state(of: drawing.scene.nodes[edge.to]) == nil
            {
                continue
            }
            let text = TextWidth.clip(Display.printable(edge.label), to: GraphScene.longestLabel)
            let x = label.x - view.offset.x
            let y = label.y - view.offset.y
            guard y >= 0, y < area.height, x >= 0, x + TextWidth.columns(of: text) <= area.width else { continue }
            canvas.write(text, x: area.x + x, y: area.y + y, .graphLabel)
        }
    }
}

/// Lines in box-drawing characters.
enum GraphLines {
    static func character(_ cell: GraphInk.Cell, kind: String) -> Character {
        switch cell.head {
        case .right: return "▶"
        case .left: return "◀"
        case .up: return "▲"
        case .down: return "▼"
        default: break
        }
        switch cell.arms {
        case [.left, .right], [.left], [.right]: return straight(kind).across
        case [.up, .down], [.up], [.down]: return straight(kind).down
        case [.right, .down]: return "┌"
        case [.left, .down]: return "┐"
        case [.right, .up]: return "└"
        case [.left, .up]: return "┘"
        case [.up, .down, .right]: return "├"
        case [.up, .down, .left]: return "┤"
        case [.left, .right, .down]: return "┬"
        case [.left, .right, .up]: return "┴"
        default: return "┼"
        }
    }

    /// Kinds of edges are told apart without colour too.
    private static func straight(_ kind: String) -> (across: Character, down: Character) {
        switch kind {
        case "order": ("╌", "╎")
        case "handoff": ("━", "┃")
        case "parent": ("┄", "┊")
        default: ("─", "│")
        }
    }
}
