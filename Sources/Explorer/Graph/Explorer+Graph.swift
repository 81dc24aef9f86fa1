import GraphLayout
import TraceAnalysis
import TraceModel
import TraceStore

extension Explorer {
    /// Shows the graph of the trace in front, with the cursor on the node of the span under the cursor.
    static func showGraph(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        var trace: TraceID?
        var span: SpanID?
        if state.view == .live, let entry = state.live.selected {
            (trace, span) = (entry.trace, entry.id)
        } else if state.isTreeInFront, let tree = state.trees.last {
            trace = tree.trace
            span = tree.selectedSpan.flatMap { tree.tree?.table.ids[$0] }
        } else if let position = state.traceUnderCursor {
            trace = state.traces.table.ids[position]
        } else {
            trace = state.graph?.trace
        }
        if trace == nil, state.view == .graph { return }
        guard let trace else { return state.say("there is no trace to draw") }
        state.show(.graph)
        if state.graph?.trace == trace {
            if let span { state.graph?.reveal(span) }
            return refreshTraces(&state, &effects)
        }
        var graph = GraphState(trace: trace, selected: span)
        graph.version = state.version(of: trace)
        graph.isRequested = true
        state.graph = graph
        effects.append(.readGraph(trace))
    }

    /// Shows who calls whom in all traces that the list shows.
    static func showMap(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let traces = state.traces.order.map { state.traces.table.ids[Int($0)] }
        guard !traces.isEmpty else { return state.say("there is no trace to draw") }
        state.graph = GraphState(trace: nil)
        state.show(.graph)
        effects.append(.readMap(traces))
    }

    /// From a party of the map to the traces that it is in.
    private static func openParty(_ node: MissionGraph.Node, _ state: inout ExplorerState) {
        guard ["agent", "model", "service"].contains(node.kind) else {
            return state.say("& lists by agent, model or service; / finds a \(node.kind)")
        }
        state.show(.traces)
        filter(by: "\(node.kind)=\"\(node.title)\"", &state)
    }

    static func performInGraph(
        _ id: Command.ID, count: Int?, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard var graph = state.graph else { return }
        defer { state.graph = graph }
        if graph.moment != nil, performInTime(id, count: count ?? 1, &graph, &state, &effects) { return }
        let times = count ?? 1
        switch id {
        case .down: graph.move(.down, times: times)
        case .up: graph.move(.up, times: times)
        case .left: graph.move(.left, times: times)
        case .right: graph.move(.right, times: times)
        case .top, .bottom:
            let nodes = graph.drawing?.scene.nodes ?? []
            if let node = id == .top ? nodes.first : nodes.last, let target = graph.graph?.nodes[node].id {
                graph.select(target)
            }
        case .halfPageDown, .pageDown: graph.pan(columns: 0, rows: 10 * times)
        case .halfPageUp, .pageUp: graph.pan(columns: 0, rows: -10 * times)
        case .earlier: graph.pan(columns: -20 * times, rows: 0)
        case .later: graph.pan(columns: 20 * times, rows: 0)
        case .open:
            guard let node = graph.node, !node.isMissing else { return }
            guard let trace = graph.trace else {
                return openParty(node, &state)
            }
            var tree = TreeState(trace: trace)
            tree.destination = node.id
            open(tree, &state, &effects)
        case .fold:
            guard let node = graph.node else { return }
            if graph.hasChildren(node.id) { graph.toggleFold(node.id) } else { state.say("nothing is part of it") }
        case .collapseAll: graph.foldAll(true)
        case .expandAll: graph.foldAll(false)
        case .inside:
            guard let node = graph.node, graph.hasChildren(node.id) else { return state.say("nothing is part of it") }
            graph.enter(node.id)
        case .parent:
            if let parent = graph.node?.parent, graph.roots.last != graph.selected {
                graph.select(parent)
            } else {
                graph.leave()
            }
        case .zoomIn: graph.zoom(by: -1)
        case .zoomOut: graph.zoom(by: 1)
        case .direction: graph.turn()
        case .lanes: graph.toggleLanes()
        case .nextError, .previousError:
            if !graph.move(forward: id == .nextError, to: [.failed]) { state.say("no step has failed") }
        case .nextWaiting, .previousWaiting:
            if !graph.move(forward: id == .nextWaiting, to: [.pending, .ready, .waiting, .paused]) {
                state.say("no step waits")
            }
        case .nextRunning:
            if !graph.move(forward: true, to: [.running]) { state.say("no step runs") }
        case .timeTravel:
            guard let moments = graph.graph?.moments.count, moments > 0 else {
                return state.say("nothing is known of when what happened")
            }
            graph.show(moments - 1)
        default: break
        }
    }

    /// While a moment of the past is shown. Whether the command was one for that.
    private static func performInTime(
        _ id: Command.ID, count: Int, _ graph: inout GraphState, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) -> Bool {
        guard let moment = graph.moment else { return false }
        switch id {
        case .earlier: graph.show(moment - count)
        case .later: graph.show(moment + count)
        case .top: graph.show(0)
        case .bottom: graph.show(.max)
        case .timeTravel, .cancel:
            graph.awaitedTick = nil
            graph.show(nil)
            return true
        case .play:
            if graph.isPlaying {
                graph.awaitedTick = nil
            } else {
                if moment + 1 >= graph.graph?.moments.count ?? 0 { graph.show(0) }
                awaitTick(&graph, &state, &effects)
            }
            return true
        case .grow: graph.pace = max(50, graph.pace / 2)
        case .shrink: graph.pace = min(6400, graph.pace * 2)
        default: return false
        }
        // The cursor goes where something happened.
        if id != .grow, id != .shrink {
            graph.awaitedTick = nil
            graph.selectMoment()
        }
        return true
    }

    /// Time has passed while moments are played.
    static func tick(_ ticket: Int, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard var graph = state.graph, graph.awaitedTick == ticket else { return }
        graph.awaitedTick = nil
        if state.view == .graph, let moment = graph.moment {
            graph.show(moment + 1)
            graph.selectMoment()
            if moment + 2 < graph.graph?.moments.count ?? 0 { awaitTick(&graph, &state, &effects) }
        }
        state.graph = graph
    }

    private static func awaitTick(
        _ graph: inout GraphState, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        let ticket = state.ticket()
        graph.awaitedTick = ticket
        effects.append(.wait(milliseconds: graph.pace, ticket: ticket))
    }

    /// Asks for a layout where the one that is there is of another scene.
    static func requestLayout(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard state.graph?.isLaidOut == false, let graph = state.graph, graph.graph != nil else { return }
        state.graph?.isLaidOut = true
        let ticket = state.ticket()
        state.graph?.layoutTicket = ticket
        let scene = graph.scene()
        if scene == graph.drawing?.scene { return }
        effects.append(.layOut(scene, keeping: graph.drawing?.plan, ticket: ticket))
    }
}

extension GraphState {
    mutating func reveal(_ span: SpanID) {
        if let owner = graph?.owner(of: span) { select(owner) }
    }

    mutating func zoom(by step: Int) {
        guard let zoom = GraphScene.Zoom(rawValue: zoom.rawValue + step) else { return }
        self.zoom = zoom
        isLaidOut = false
    }

    mutating func turn() {
        direction = direction == .leftToRight ? .topDown : .leftToRight
        isLaidOut = false
    }

    /// Gives each agent rows of its own, or none.
    mutating func toggleLanes() {
        isInLanes.toggle()
        isLaidOut = false
    }

    /// Shows what is part of a node by itself.
    mutating func enter(_ id: SpanID) {
        guard roots.last != id else { return }
        roots.append(id)
        if isFolded(id) { toggleFold(id) }
        isLaidOut = false
    }

    /// Shows again what a node is part of. Whether it was shown by itself.
    @discardableResult
    mutating func leave() -> Bool {
        guard let left = roots.popLast() else { return false }
        selected = left
        isLaidOut = false
        return true
    }

    /// The cursor goes to the node that changed at the moment that is shown.
    mutating func selectMoment() {
        guard let graph, let moment, graph.moments.indices.contains(moment) else { return }
        let id = graph.nodes[graph.moments[moment].node].id
        select(id)
    }
}
