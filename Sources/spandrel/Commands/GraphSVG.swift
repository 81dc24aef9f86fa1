import Cells
import Explorer
import GraphLayout
import TraceAnalysis
import TraceModel

/// A graph as a picture, laid out as on the screen: a cell is 9 by 18 units.
enum GraphSVG {
    private static let (width, height) = (9, 18)

    static func picture(of graph: MissionGraph) -> String {
        let scene = GraphScene(graph, folded: [], root: nil, zoom: .full, direction: .leftToRight)
        let drawing = GraphDrawing(scene, keeping: nil)
        let (columns, rows) = (drawing.plan.width + 2, drawing.plan.height + 2)
        var lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(columns * width) \#(rows * height)" "#
                + #"width="\#(columns * width)" height="\#(rows * height)" font-family="monospace" font-size="13">"#,
            style,
            #"<rect class="ground" width="100%" height="100%"/>"#,
            #"<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">"#
                + #"<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>"#,
        ]
        for (edge, route) in zip(scene.edges, drawing.plan.routes) { lines += line(edge, route, drawing) }
        for (place, box) in drawing.plan.boxes.enumerated() { lines += self.box(graph.nodes[scene.nodes[place]], box) }
        return lines.joined(separator: "\n") + "\n</svg>\n"
    }

    private static let style = """
        <style>
        .ground{fill:#fff}.box{fill:#f6f8fa;stroke:#8a93a0}.done{stroke:#33741f}.failed{stroke:#b3202c;stroke-width:2}
        .running{stroke:#8a5a00;stroke-width:2}.missing{stroke-dasharray:4 3}text{fill:#2b303b}.small{fill:#6c7480}
        .edge{fill:none;stroke:#4f87b5}.order{stroke-dasharray:6 4}.parent{stroke:#8a93a0;stroke-dasharray:2 3}
        .handoff{stroke-width:2.5}.head{fill:#4f87b5}.label{fill:#4a5160;font-size:11px;paint-order:stroke;stroke:#fff;stroke-width:4px}
        @media (prefers-color-scheme:dark){.ground{fill:#1b1d23}.box{fill:#23272f}text{fill:#c8ccd4}.small,.label{fill:#9aa4b5}}
        </style>
        """

    private static func x(_ column: Int) -> Int { (column + 1) * width }
    private static func y(_ row: Int) -> Int { (row + 1) * height }

    private static func line(
        _ edge: GraphScene.Edge, _ route: GraphPlan.Route, _ drawing: GraphDrawing
    ) -> [String] {
        guard let first = route.points.first, let last = route.points.last else { return [] }
        let (source, target) = (drawing.plan.boxes[edge.from], drawing.plan.boxes[edge.to])
        func centre(_ point: GraphPlan.Point) -> (Int, Int) { (x(point.x) + width / 2, y(point.y) + height / 2) }
        let places = [touch(source, from: first)] + route.points.map(centre) + [touch(target, from: last)]
        let path = places.map { "\($0.0),\($0.1)" }.joined(separator: " ")
        let kind = ["order", "parent", "handoff"].contains(edge.kind) ? " \(edge.kind)" : ""
        var lines = [#"<polyline class="edge\#(kind)" points="\#(path)" marker-end="url(#head)"/>"#]
        if let label = route.label, !edge.label.isEmpty {
            let text = TextWidth.clip(Display.printable(edge.label), to: GraphScene.longestLabel)
            lines.append(#"<text class="label" x="\#(x(label.x))" y="\#(y(label.y) + 11)">\#(escaped(text))</text>"#)
        }
        return lines
    }

    /// Where a line that ends in the cell beside a box meets the box.
    private static func touch(_ box: GraphPlan.Box, from point: GraphPlan.Point) -> (Int, Int) {
        let middle = (x(point.x) + width / 2, y(point.y) + height / 2)
        if point.x < box.x { return (x(box.x), middle.1) }
        if point.x >= box.x + box.width { return (x(box.x + box.width), middle.1) }
        return point.y < box.y ? (middle.0, y(box.y)) : (middle.0, y(box.y + box.height))
    }

    private static func box(_ node: MissionGraph.Node, _ box: GraphPlan.Box) -> [String] {
        let state = [.done, .failed, .running].contains(node.state) ? " \(node.state.rawValue)" : ""
        let room = box.width - 3
        let title = TextWidth.clip(Display.printable(node.title), to: room)
        let goal = TextWidth.clip(Display.printable(node.goal.isEmpty ? node.kind : node.goal), to: room - 1)
        var facts = [node.state.rawValue]
        if node.duration > 0 { facts.append(Figures.duration(node.duration)) }
        if let reward = node.reward { facts.append(Figures.reward(reward)) }
        if !node.agent.isEmpty { facts.append(Display.printable(node.agent)) }
        let left = x(box.x) + width
        return [
            #"<g><title>\#(escaped(Display.printable("\(node.title)  \(node.goal)")))</title>"#,
            #"<rect class="box\#(state)\#(node.isMissing ? " missing" : "")" x="\#(x(box.x))" y="\#(y(box.y))" "#
                + #"width="\#(box.width * width)" height="\#(box.height * height)" rx="6"/>"#,
            #"<text x="\#(left)" y="\#(y(box.y) + 18)" font-weight="bold">\#(escaped(title))</text>"#,
            #"<text x="\#(left)" y="\#(y(box.y) + 38)">\#(escaped(goal))</text>"#,
            #"<text class="small" x="\#(left)" y="\#(y(box.y) + 58)">"#
                + escaped(TextWidth.clip(facts.joined(separator: "  "), to: room)) + "</text></g>",
        ]
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
