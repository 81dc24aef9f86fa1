import Cells
import Explorer
import TraceAnalysis
import TraceModel

/// What the step under the cursor is, what it waits for, and what was decided about it.
enum GraphDetails {
    static func draw(
        _ canvas: inout Canvas, _ view: GraphState, _ graph: MissionGraph, _ context: ViewContext,
        _ heading: Rectangle, _ area: Rectangle
    ) {
        guard !area.isEmpty, let position = view.selected.flatMap({ graph.position(of: $0) }) else { return }
        let node = graph.nodes[position]
        canvas.fill(heading, .rule, with: "─")
        let state = view.state(of: position)
        let sign = state.map { $0.sign } ?? "·"
        canvas.write(
            " \(sign) \(TextWidth.clip(Display.printable(node.title), to: heading.width - 8)) ", x: 1, y: heading.y,
            state.map { $0.role } ?? .textDim)
        let lines = lines(position, node, view, graph, context)
        for (row, line) in lines.prefix(area.height).enumerated() {
            canvas.write(
                TextWidth.clip(Display.printable(line.text), to: area.width - 4), x: 2, y: area.y + row, line.role)
        }
    }

    private static func lines(
        _ position: Int, _ node: MissionGraph.Node, _ view: GraphState, _ graph: MissionGraph, _ context: ViewContext
    ) -> [(text: String, role: Role)] {
        var lines: [(text: String, role: Role)] = []
        if node.isMissing { lines.append(("it is spoken of, and nowhere to be found", .messageError)) }
        if !node.goal.isEmpty { lines.append((node.goal, .text)) }
        var facts = [node.kind, view.state(of: position)?.rawValue ?? "not there yet"]
        if !node.agent.isEmpty { facts.append("by \(node.agent)") }
        if node.start > 0 { facts.append("from \(context.localTime(node.start).clock)") }
        let duration = GraphView.duration(position, graph, view)
        if duration > 0 { facts.append(Figures.duration(duration)) }
        if let reward = node.reward { facts.append("reward \(Figures.reward(reward))") }
        if node.spans.count > 1 { facts.append("\(node.spans.count) spans") }
        if view.critical.contains(position) { facts.append("◆ on the critical path") }
        lines.append((facts.joined(separator: " · "), .spanDetail))
        let blockers = view.moment == nil ? graph.blockers(of: position) : []
        if !blockers.isEmpty {
            let names = blockers.prefix(5).map { "\(graph.nodes[$0].title) (\(graph.nodes[$0].state.rawValue))" }
            let more = blockers.count > 5 ? ", and \(blockers.count - 5) more" : ""
            lines.append(("waits for " + names.joined(separator: ", ") + more, .graphRunning))
        } else {
            lines += flow(node, graph).map { ($0, .spanDetail) }
        }
        for cycle in view.cycles where cycle.contains(position) {
            let names = cycle.prefix(6).map { graph.nodes[$0].title }
            lines.append(("↻ in a circle: " + names.joined(separator: " → "), .messageError))
        }
        for note in node.notes.suffix(3).reversed() {
            lines.append(("✎ \(context.localTime(note.time).clock)  \(note.text)", .event))
        }
        return lines
    }

    private static func flow(_ node: MissionGraph.Node, _ graph: MissionGraph) -> [String] {
        func names(_ edges: [MissionGraph.Edge], _ end: (MissionGraph.Edge) -> SpanID) -> String {
            let names = edges.prefix(4).map { edge in
                (graph.position(of: end(edge)).map { graph.nodes[$0].title } ?? "?")
                    + (edge.label.isEmpty ? "" : " (\(edge.label))")
            }
            return names.joined(separator: ", ") + (edges.count > 4 ? " …\(edges.count)" : "")
        }
        let into = graph.edges.filter { $0.to == node.id }
        let out = graph.edges.filter { $0.from == node.id }
        var text = into.isEmpty ? "" : "after " + names(into) { $0.from }
        if !out.isEmpty { text += (text.isEmpty ? "" : "   ") + "before " + names(out) { $0.to } }
        return text.isEmpty ? [] : [text]
    }
}
