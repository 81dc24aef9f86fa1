package import GraphLayout
package import TraceAnalysis
package import TraceModel
package import TraceQuery

/// The graph of a trace: what is folded, how it is laid out, where the cursor is, and the moment that is shown.
package struct GraphState: Sendable {
    /// So many nodes are unfolded at first, if the levels work out.
    private static let firstNodes = 40
    /// More than so many are shown smaller at first.
    private static let fewNodes = 16

    /// Nothing of the map of many traces.
    package let trace: TraceID?
    package private(set) var graph: MissionGraph?
    package internal(set) var failure: String?
    package internal(set) var zoom = GraphScene.Zoom.full
    package internal(set) var direction = GraphSketch.Direction.leftToRight
    package internal(set) var isInLanes = false
    package private(set) var filter: TraceQuery?
    /// The window was moved by itself, and stays there until the cursor moves.
    var isPanned = false
    /// The node whose inside is shown by itself; of several, the innermost last.
    package internal(set) var roots: [SpanID] = []
    private var folded: Set<SpanID> = []
    package internal(set) var selected: SpanID?
    package private(set) var drawing: GraphDrawing?
    /// What the cursor's node is connected with.
    package private(set) var selectedInk: GraphInk?
    package private(set) var criticalInk: GraphInk?
    package private(set) var critical: Set<Int> = []
    package private(set) var cycles: [[Int]] = []
    /// Cells of the drawing left of and above the window.
    package internal(set) var offset = GraphPlan.Point(x: 0, y: 0)
    /// Position among the graph's moments of the one that is shown; none is now.
    package private(set) var moment: Int?
    package private(set) var states: [SpanVocabulary.NodeState?] = []
    /// Of the pause after which the next moment is shown, while they are played.
    var awaitedTick: Int?
    /// Milliseconds between two moments while they are played.
    package internal(set) var pace = 800
    package internal(set) var matches: Set<Int> = []
    var marks: [Character: SpanID] = [:]
    /// Of the layout that was asked for last; any other is of a scene that is not wanted any more.
    var layoutTicket: Int?
    /// The version of the trace that was asked for last.
    var version: UInt32?
    var isLaidOut = true
    var isRequested = false

    package init(trace: TraceID?, selected: SpanID? = nil) {
        self.trace = trace
        self.selected = selected
    }

    /// Takes a graph as it is now. The cursor and what is folded stay.
    mutating func take(_ newGraph: MissionGraph) {
        let isFirst = graph == nil
        if let former = graph { drawing = drawing?.showing(newGraph, insteadOf: former) }
        layoutTicket = nil
        graph = newGraph
        failure = nil
        isRequested = false
        critical = Set(newGraph.criticalPath())
        cycles = newGraph.cycles()
        if isFirst { foldFirst(newGraph) }
        if isFirst, newGraph.nodes.count > Self.fewNodes { zoom = .compact }
        if let moment, moment >= newGraph.moments.count { self.moment = nil }
        show(moment)
        if let selected {
            self.selected = newGraph.owner(of: selected)
            if let selected = self.selected { unfold(above: selected) }
        }
        if selected == nil {
            let first =
                newGraph.nodes.first { $0.state == .running && $0.parent != nil }
                ?? newGraph.nodes.first { $0.parent == nil }
            selected = (first ?? newGraph.nodes.first)?.id
            if let selected { unfold(above: selected) }
        }
        isLaidOut = false
    }

    /// Gives a step its reward; without a span the one that stands for the whole.
    mutating func setReward(_ value: Double?, of span: SpanID?) {
        guard let position = span.map({ graph?.position(of: $0) }) ?? graph?.nodes.indices.first else { return }
        graph?.setReward(value, at: position)
    }

    mutating func take(_ drawing: GraphDrawing) {
        self.drawing = drawing
        if place == nil { selected = drawing.scene.nodes.first.flatMap { graph?.nodes[$0].id } }
        let edges = drawing.scene.edges.indices.filter {
            let edge = drawing.scene.edges[$0]
            return critical.contains(drawing.scene.nodes[edge.from]) && critical.contains(drawing.scene.nodes[edge.to])
        }
        criticalInk = edges.isEmpty ? nil : GraphInk(drawing.plan, of: drawing.scene.sketch, only: edges)
        inkSelected()
    }

    private mutating func foldFirst(_ graph: MissionGraph) {
        let depths = graph.nodes.indices.map { node in
            var (depth, above) = (0, graph.parents[node])
            while let next = above, depth < 300 {
                depth += 1
                above = graph.parents[next]
            }
            return depth
        }
        var counts: [Int: Int] = [:]
        for depth in depths { counts[depth, default: 0] += 1 }
        var (shown, limit) = (0, 0)
        while let count = counts[limit], shown == 0 || shown + count <= Self.firstNodes {
            shown += count
            limit += 1
        }
        for (node, depth) in zip(graph.nodes, depths) where depth >= limit - 1 { folded.insert(node.id) }
    }

    // MARK: The cursor

    /// The scene that is wanted now, whether it is laid out or not.
    func scene() -> GraphScene {
        guard let graph else { return GraphScene() }
        return GraphScene(
            graph, folded: folded, root: roots.last, zoom: zoom, direction: direction, isInLanes: isInLanes,
            filter: filter)
    }

    /// Where the cursor's node is in the drawing.
    package var place: Int? {
        guard let drawing, let position = selected.flatMap({ graph?.position(of: $0) }) else { return nil }
        return drawing.scene.nodes.firstIndex(of: position)
    }

    package var node: MissionGraph.Node? {
        guard let graph, let selected else { return nil }
        return graph.position(of: selected).map { graph.nodes[$0] }
    }

    mutating func select(_ id: SpanID) {
        selected = id
        isPanned = false
        unfold(above: id)
        inkSelected()
    }

    private mutating func inkSelected() {
        guard let drawing, let place else {
            selectedInk = nil
            return
        }
        let edges = drawing.scene.edges.indices.filter {
            drawing.scene.edges[$0].from == place || drawing.scene.edges[$0].to == place
        }
        selectedInk = edges.isEmpty ? nil : GraphInk(drawing.plan, of: drawing.scene.sketch, only: edges)
    }

    // MARK: Folding

    package func isFolded(_ id: SpanID) -> Bool { folded.contains(id) }

    package func hasChildren(_ id: SpanID) -> Bool { graph?.nodes.contains { $0.parent == id } ?? false }

    mutating func filter(by query: TraceQuery?) {
        filter = query
        isLaidOut = false
    }

    mutating func toggleFold(_ id: SpanID) {
        if folded.remove(id) == nil { folded.insert(id) }
        isLaidOut = false
    }

    mutating func foldAll(_ isFolded: Bool) {
        folded = isFolded ? Set(graph?.nodes.compactMap(\.parent) ?? []) : []
        // Of a graph folded into one box nothing would be seen.
        if isFolded { for node in graph?.nodes ?? [] where node.parent == nil { folded.remove(node.id) } }
        isLaidOut = false
        if let selected { showAbove(selected) }
    }

    /// The cursor goes to what hides its node.
    private mutating func showAbove(_ id: SpanID) {
        var above = id
        var wanted = id
        for _ in 0..<300 {
            guard let parent = graph?.parent(of: above) else { break }
            if folded.contains(parent) { wanted = parent }
            above = parent
        }
        selected = wanted
    }

    private mutating func unfold(above id: SpanID) {
        var above = id
        for _ in 0..<300 {
            guard let parent = graph?.parent(of: above) else { return }
            if folded.remove(parent) != nil { isLaidOut = false }
            above = parent
        }
    }

    // MARK: Time

    package var isPlaying: Bool { awaitedTick != nil }

    /// Shows the graph as it stood after a moment, or as it is.
    mutating func show(_ moment: Int?) {
        guard let graph else { return }
        self.moment = moment.map { max(0, min($0, graph.moments.count - 1)) }
        states = self.moment.map { graph.states(after: $0) } ?? graph.nodes.map(\.state)
    }

    /// The state that is shown of a node of the graph; nothing while it is not there yet.
    package func state(of node: Int) -> SpanVocabulary.NodeState? {
        states.indices.contains(node) ? states[node] : nil
    }
}

/// A scene where everything has its place.
package struct GraphDrawing: Sendable {
    package var scene: GraphScene
    package var plan: GraphPlan
    package var ink: GraphInk
    /// Of a scene in lanes, where each is.
    package var lanes: [GraphLane] = []

    /// The same boxes with the nodes of another graph in them; nothing where one of them is not there.
    func showing(_ graph: MissionGraph, insteadOf former: MissionGraph) -> GraphDrawing? {
        var drawing = self
        guard drawing.scene.exchange(former, for: graph) else { return nil }
        return drawing
    }

    package init(_ scene: GraphScene, keeping former: GraphPlan?) {
        self.scene = scene
        guard scene.agents.isEmpty else {
            (plan, lanes) = GraphLanes.plan(scene)
            ink = GraphInk(plan, of: scene.sketch, only: [])
            return
        }
        plan = LayeredLayout.plan(scene.sketch, keeping: former)
        ink = GraphInk(plan, of: scene.sketch)
    }
}
