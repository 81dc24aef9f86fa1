import Cells
import Judgements
import Session
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel graph`: what waits for what in a trace, for other programs.
enum GraphCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        var graph = arguments.has("--map") ? try await map(arguments) : try await mission(arguments)
        if let wanted = arguments["--at"] { graph = graph.standing(after: try moment(wanted, of: graph)) }
        if arguments.has("--json") {
            Output.print(json(graph) + [10])
        } else if arguments.has("--dot") {
            Output.print(dot(graph))
        } else if arguments.has("--svg") {
            Output.print(GraphSVG.picture(of: graph))
        } else if arguments.has("--mermaid") {
            Output.print(mermaid(graph))
        } else {
            text(graph)
        }
        return 0
    }

    /// The graph of one trace.
    private static func mission(_ arguments: Arguments) async throws(Failure) -> MissionGraph {
        guard let prefix = arguments.operands.first else {
            throw .usage("name a trace and where to look for it: spandrel \(Subcommand.graph.synopsis)")
        }
        let (store, state) = try await Reading.all(try arguments.sources(from: 1))
        let trace = try TraceSelection.find(prefix, in: state.traces)
        do throws(StoreError) {
            return try await MissionGraphReader.graph(of: trace, in: store)
        } catch {
            throw .nothing(error.description)
        }
    }

    /// Who calls whom in all traces that are wanted.
    private static func map(_ arguments: Arguments) async throws(Failure) -> MissionGraph {
        let (store, state) = try await Reading.all(try arguments.sources())
        let isWanted = try TraceSelection.wanted(arguments["--where"], in: state.traces)
        let traces = state.traces.ids.indices.filter { isWanted[$0] }.map { state.traces.ids[$0] }
        return await MissionGraphReader.map(of: traces, in: store)
    }

    /// Which moment a person means: the number of a change, counted from 1, or a time.
    private static func moment(_ text: String, of graph: MissionGraph) throws(Failure) -> Int {
        if let number = Int(text), number < 1_000_000_000 {
            guard (1...max(1, graph.moments.count)).contains(number) else {
                throw .usage("there are \(graph.moments.count) moments, and no number \(number)")
            }
            return number - 1
        }
        guard let time = Int64(text) ?? Timestamp.parse(text) else {
            throw .usage(
                "\(text) is no moment: a number from 1 to \(graph.moments.count), or a time as 2026-11-20T14:03:20Z")
        }
        guard let moment = graph.moment(at: time) else {
            throw .usage("nothing was there yet at \(text); the first moment is \(graph.moments.first?.time ?? 0)")
        }
        return moment
    }

    private static func json(_ graph: MissionGraph) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("origin", graph.origin.rawValue)
            writer.key("nodes")
            writer.array { writer in
                for node in graph.nodes {
                    writer.object { writer in
                        writer.field("id", "\(node.id)")
                        writer.field("label", node.label)
                        writer.field("kind", node.kind)
                        writer.field("state", node.state.rawValue)
                        writer.field("agent", node.agent)
                        writer.key("start")
                        if node.start > 0 { writer.int(node.start) } else { writer.null() }
                        writer.field("duration_ns", node.duration)
                        writer.key("parent")
                        if let parent = node.parent { writer.string("\(parent)") } else { writer.null() }
                        writer.key("spans")
                        writer.array { writer in for span in node.spans { writer.string("\(span)") } }
                        writer.key("reward")
                        if let reward = node.reward { writer.double(reward) } else { writer.null() }
                    }
                }
            }
            writer.key("edges")
            writer.array { writer in
                for edge in graph.edges {
                    writer.object { writer in
                        writer.field("from", "\(edge.from)")
                        writer.field("to", "\(edge.to)")
                        writer.field("kind", edge.kind)
                        writer.field("label", edge.label)
                    }
                }
            }
        }
        return writer.bytes
    }

    private static func short(_ text: String, _ length: Int) -> String {
        TextWidth.clip(Display.printable(text), to: length)
    }

    private static func dot(_ graph: MissionGraph) -> String {
        func quoted(_ text: String) -> String {
            "\"" + short(text, 60).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        var lines = ["digraph mission {", "  rankdir=LR;", "  node [shape=box, style=rounded];"]
        for node in graph.nodes {
            let style = node.isMissing ? ", style=dashed" : node.state == .failed ? ", color=red" : ""
            lines.append("  \"\(node.id)\" [label=\(quoted("\(node.state.sign) \(node.label)"))\(style)];")
        }
        for edge in graph.edges {
            let style = edge.kind == "data" ? "" : ", style=dashed"
            lines.append("  \"\(edge.from)\" -> \"\(edge.to)\" [label=\(quoted(edge.label))\(style)];")
        }
        for node in graph.nodes {
            if let parent = node.parent {
                lines.append("  \"\(parent)\" -> \"\(node.id)\" [style=dotted, arrowhead=none];")
            }
        }
        return lines.joined(separator: "\n") + "\n}\n"
    }

    private static func mermaid(_ graph: MissionGraph) -> String {
        func quoted(_ text: String) -> String {
            "\""
                + short(text, 60).replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing(
                    "<", with: "&lt;"
                )
                .replacing(">", with: "&gt;").replacing("`", with: "'") + "\""
        }
        var lines = ["flowchart LR"]
        for node in graph.nodes { lines.append("  n\(node.id)[\(quoted("\(node.state.sign) \(node.label)"))]") }
        for edge in graph.edges {
            let arrow = edge.kind == "data" ? "-->" : "-.->"
            lines.append("  n\(edge.from) \(arrow)\(edge.label.isEmpty ? "" : "|\(quoted(edge.label))|") n\(edge.to)")
        }
        for node in graph.nodes { if let parent = node.parent { lines.append("  n\(parent) -.- n\(node.id)") } }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Nodes under what they are part of, each with what it waits for.
    private static func text(_ graph: MissionGraph) {
        var output = OutputBuffer()
        let waits = Dictionary(grouping: graph.edges, by: \.to)
        let children = Dictionary(grouping: graph.nodes.filter { $0.parent != nil }, by: \.parent)
        output.line("from \(graph.origin.rawValue): \(graph.nodes.count) nodes, \(graph.edges.count) edges")
        var pending = graph.nodes.filter { $0.parent == nil }.reversed().map { ($0, 0) }
        var seen: Set<SpanID> = []
        while let (node, depth) = pending.popLast() {
            guard seen.insert(node.id).inserted else { continue }
            var line = String(repeating: "  ", count: min(depth, 40)) + "\(node.state.sign) \(short(node.label, 70))"
            if node.duration > 0 { line += "  \(Figures.duration(node.duration))" }
            if let reward = node.reward { line += "  \(Figures.reward(reward))" }
            let sources = (waits[node.id] ?? []).map { edge in
                short(graph.position(of: edge.from).map { graph.nodes[$0].label } ?? "\(edge.from)", 24)
                    + (edge.label.isEmpty ? "" : " (\(short(edge.label, 16)))")
            }
            if !sources.isEmpty { line += "  ← " + sources.prefix(6).joined(separator: ", ") }
            output.line(Display.printable(line))
            pending += (children[node.id] ?? []).reversed().map { ($0, depth + 1) }
        }
        output.flush()
    }
}
