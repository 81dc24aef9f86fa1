import Cells
package import GraphLayout
package import TraceAnalysis
package import TraceModel
package import TraceQuery

/// What of a graph is on the screen: the nodes that nothing folds away, the edges between them, and how large each is.
package struct GraphScene: Sendable, Equatable {
    /// How much of a node is shown.
    package enum Zoom: Int, Sendable, CaseIterable { case full, compact, line, dot }

    package struct Edge: Sendable, Hashable {
        /// Positions in `nodes`.
        package var from: Int
        package var to: Int
        package var kind: String
        package var label: String
    }

    /// Positions among the nodes of the graph.
    package private(set) var nodes: [Int] = []
    package private(set) var edges: [Edge] = []
    /// For each node, how many below it are folded away.
    package private(set) var hidden: [Int] = []
    package private(set) var sketch = GraphSketch(nodes: [], edges: [], direction: .leftToRight)

    /// Of a scene in lanes, whose each node is; else empty.
    package private(set) var agents: [String] = []

    package static let longestLabel = 12

    init() {}

    /// With `root`, only what is below that node, and the node.
    package init(
        _ graph: MissionGraph, folded: Set<SpanID>, root: SpanID?, zoom: Zoom, direction: GraphSketch.Direction,
        isInLanes: Bool = false, filter: TraceQuery? = nil
    ) {
        let family = Family(graph)
        var shown = family.shown(graph, folded, root)
        if let filter {
            let evaluator = QueryEvaluator(filter)
            let isWanted = graph.nodes.map { evaluator.matches($0) }
            for node in shown.indices where shown[node] >= 0 && !isWanted[shown[node]] { shown[node] = -1 }
        }
        var places = [Int](repeating: -1, count: graph.nodes.count)
        for node in graph.nodes.indices where shown[node] == node {
            places[node] = nodes.count
            nodes.append(node)
        }
        hidden = [Int](repeating: 0, count: nodes.count)
        for (node, stand) in shown.enumerated() where stand >= 0 && stand != node { hidden[places[stand]] += 1 }
        addEdges(graph, family, shown, places)
        sketch = GraphSketch(
            nodes: nodes.map { node in
                let size = Self.size(graph.nodes[node], zoom)
                return GraphSketch.Node(key: graph.nodes[node].id.value, width: size.columns, height: size.rows)
            },
            edges: edges.map { edge in
                let isLabelled =
                    zoom.rawValue <= Zoom.compact.rawValue && edge.kind != "parent" && direction == .leftToRight
                let width = isLabelled ? min(TextWidth.columns(of: edge.label), Self.longestLabel) : 0
                return GraphSketch.Edge(from: edge.from, to: edge.to, labelWidth: isInLanes ? 0 : width)
            }, direction: isInLanes ? .leftToRight : direction)
        if isInLanes { agents = nodes.map { family.agent(of: $0, graph) } }
    }

    /// Finds its nodes in another graph. Whether all of them are there.
    mutating func exchange(_ former: MissionGraph, for graph: MissionGraph) -> Bool {
        let found = nodes.compactMap { graph.position(of: former.nodes[$0].id) }
        guard found.count == nodes.count else { return false }
        nodes = found
        return true
    }

    private mutating func addEdges(_ graph: MissionGraph, _ family: Family, _ shown: [Int], _ places: [Int]) {
        func place(_ node: Int?) -> Int? {
            guard let node, shown[node] >= 0 else { return nil }
            return places[shown[node]]
        }
        let above = nodes.map { place(graph.parents[$0]) }
        var known: [[Int]: Int] = [:]
        var hasSource = [Bool](repeating: false, count: nodes.count)
        for edge in graph.edges {
            let (from, to) = (graph.position(of: edge.from), graph.position(of: edge.to))
            guard let fromPlace = place(from), let toPlace = place(to) else { continue }
            // What a folded node does inside is its own affair; a node that waits for itself is not.
            if fromPlace == toPlace, from != to { continue }
            if above[fromPlace] == above[toPlace] { hasSource[toPlace] = true }
            if let former = known[[fromPlace, toPlace]] {
                if edges[former].label.isEmpty { edges[former].label = edge.label }
                if edges[former].kind == "order" { edges[former].kind = edge.kind }
                continue
            }
            known[[fromPlace, toPlace]] = edges.count
            edges.append(Edge(from: fromPlace, to: toPlace, kind: edge.kind, label: edge.label))
        }
        // What is part of another hangs on it, unless it comes after one of its siblings.
        for place in nodes.indices where !hasSource[place] {
            guard let parent = above[place], parent != place, known[[parent, place]] == nil else { continue }
            edges.append(Edge(from: parent, to: place, kind: "parent", label: ""))
        }
    }

    /// Room for what a node says, whatever its state: a graph that is followed shall not jump.
    private static func size(_ node: MissionGraph.Node, _ zoom: Zoom) -> Size {
        let title = TextWidth.columns(of: Display.printable(node.title))
        switch zoom {
        case .full:
            let goal = TextWidth.columns(of: Display.printable(String(node.goal.prefix(40))))
            return Size(columns: max(18, min(30, max(title + 7, goal + 4))), rows: 4)
        case .compact: return Size(columns: max(14, min(26, title + 13)), rows: 3)
        case .line: return Size(columns: max(4, min(20, title + 4)), rows: 1)
        case .dot: return Size(columns: 1, rows: 1)
        }
    }
}

/// Which nodes are part of which.
private struct Family {
    let parents: [Int?]
    private let children: [[Int]]

    init(_ graph: MissionGraph) {
        parents = graph.parents
        var children = [[Int]](repeating: [], count: graph.nodes.count)
        for (node, parent) in parents.enumerated() { if let parent { children[parent].append(node) } }
        self.children = children
    }

    /// Whose a node is: its own agent, or that of what it is part of.
    func agent(of node: Int, _ graph: MissionGraph) -> String {
        var at: Int? = node
        for _ in 0..<300 {
            guard let place = at else { break }
            if !graph.nodes[place].agent.isEmpty { return graph.nodes[place].agent }
            at = parents[place]
        }
        return ""
    }

    /// For each node the one that stands for it: itself, or the highest folded one above it; -1 for those outside `root`.
    func shown(_ graph: MissionGraph, _ folded: Set<SpanID>, _ root: SpanID?) -> [Int] {
        var shown = [Int](repeating: -1, count: graph.nodes.count)
        func walk(_ start: Int) {
            var waiting: [(node: Int, stand: Int?)] = [(start, nil)]
            while let (node, stand) = waiting.popLast() {
                guard shown[node] < 0 else { continue }
                shown[node] = stand ?? node
                let below = stand ?? (folded.contains(graph.nodes[node].id) ? node : nil)
                waiting += children[node].map { ($0, below) }
            }
        }
        if let root {
            if let position = graph.position(of: root) { walk(position) }
            return shown
        }
        for node in shown.indices where parents[node] == nil { walk(node) }
        // Those that are part of each other in a circle.
        for node in shown.indices where shown[node] < 0 { walk(node) }
        return shown
    }
}

extension MissionGraph.Node: QuerySubject {
    package func text(_ field: QueryField) -> String {
        switch field {
        case .name: title
        case .title: goal
        case .agent, .service: agent
        case .model where kind == "model": title
        case .id: "\(id)"
        default: ""
        }
    }

    package func number(_ field: QueryField) -> Double? {
        switch field {
        case .duration: Double(duration)
        case .errors: state == .failed ? 1 : 0
        case .spans: Double(spans.count)
        case .reward: reward
        case .start: start > 0 ? Double(start) : nil
        default: nil
        }
    }

    package var isRunning: Bool { state == .running }
}
