import GraphLayout
import TraceAnalysis
import TraceModel

extension GraphState {
    enum Way { case left, right, up, down }

    /// Goes along an edge where one leads that way, else to the nearest node that lies there.
    mutating func move(_ way: Way, times: Int) {
        for _ in 0..<min(times, 1000) {
            guard let graph, let drawing, let place, let next = next(way, from: place, drawing) else { return }
            select(graph.nodes[drawing.scene.nodes[next]].id)
        }
    }

    private func next(_ way: Way, from place: Int, _ drawing: GraphDrawing) -> Int? {
        let boxes = drawing.plan.boxes
        let here = Self.middle(boxes[place])
        /// How far another is that way, and how far aside; nothing where it is not that way. Rows count double: cells are
        /// twice as high as wide.
        func distance(_ other: Int) -> (ahead: Int, aside: Int)? {
            let there = Self.middle(boxes[other])
            let (across, down) = (there.x - here.x, (there.y - here.y) * 2)
            let (ahead, aside) =
                switch way {
                case .left: (-across, abs(down))
                case .right: (across, abs(down))
                case .up: (-down, abs(across))
                case .down: (down, abs(across))
                }
            return ahead > 0 ? (ahead, aside) : nil
        }
        let flow: [Way] = drawing.scene.sketch.direction == .leftToRight ? [.left, .right] : [.up, .down]
        if flow.contains(way) {
            let isForward = way == .right || way == .down
            let neighbours = drawing.scene.edges.compactMap { edge -> Int? in
                if isForward { return edge.from == place ? edge.to : nil }
                return edge.to == place ? edge.from : nil
            }
            let along = neighbours.compactMap { other in distance(other).map { (other, $0.aside, $0.ahead) } }
                .filter { isThere($0.0, drawing) }.min { ($0.1, $0.2) < ($1.1, $1.2) }
            if let along { return along.0 }
        }
        return boxes.indices.compactMap { other in distance(other).map { (other, $0.ahead + $0.aside * 3) } }
            .filter { isThere($0.0, drawing) }.min { $0.1 < $1.1 }?.0
    }

    private static func middle(_ box: GraphPlan.Box) -> (x: Int, y: Int) {
        (box.x + box.width / 2, box.y + box.height / 2)
    }

    private func isThere(_ place: Int, _ drawing: GraphDrawing) -> Bool { state(of: drawing.scene.nodes[place]) != nil }

    /// Goes to the next node in such a state, in the order of the graph, folded away or not. Whether there is one.
    mutating func move(forward: Bool, to states: Set<SpanVocabulary.NodeState>) -> Bool {
        move(forward: forward) { states.contains($0) }
    }

    /// Goes to what began last of all that runs.
    mutating func selectRunning() {
        let running = graph?.nodes.filter { $0.state == .running }.max { $0.start < $1.start }
        if let running { select(running.id) }
    }

    mutating func moveToMatch(forward: Bool, includingCursor: Bool) -> Bool {
        guard let graph, let from = selected.flatMap({ graph.position(of: $0) }) else {
            return false
        }
        if includingCursor, matches.contains(from) { return true }
        let count = graph.nodes.count
        for step in 1...count {
            let at = (from + (forward ? step : count - step)) % count
            if matches.contains(at) {
                select(graph.nodes[at].id)
                return true
            }
        }
        return false
    }

    private mutating func move(forward: Bool, where holds: (SpanVocabulary.NodeState) -> Bool) -> Bool {
        guard let graph, !graph.nodes.isEmpty else { return false }
        let from = selected.flatMap { graph.position(of: $0) } ?? 0
        let count = graph.nodes.count
        for step in 1...count {
            let at = (from + (forward ? step : count - step)) % count
            if let state = state(of: at), holds(state) {
                select(graph.nodes[at].id)
                return true
            }
        }
        return false
    }

    mutating func match(_ needle: SearchText?) {
        guard let needle, let graph else {
            matches = []
            return
        }
        matches = Set(
            graph.nodes.indices.filter { node in
                let node = graph.nodes[node]
                return needle.matches(node.label) || needle.matches(node.goal) || needle.matches(node.agent)
                    || needle.matches(node.kind)
            })
    }

    /// Moves the window alone.
    mutating func pan(columns: Int, rows: Int) {
        offset.x = max(0, offset.x + columns)
        offset.y = max(0, offset.y + rows)
        isPanned = true
    }

    /// Moves the window so that the cursor's box is in it, with some room around where there is any.
    mutating func scroll(width: Int, height: Int) {
        guard let drawing, width > 0, height > 0 else { return }
        let plan = drawing.plan
        if let place, !isPanned {
            let box = plan.boxes[place]
            offset.x = Self.window(offset.x, box.x, box.width, width, margin: 6)
            offset.y = Self.window(offset.y, box.y, box.height, height, margin: 2)
        }
        offset.x = max(0, min(offset.x, plan.width - width))
        offset.y = max(0, min(offset.y, plan.height - height))
    }

    private static func window(_ start: Int, _ low: Int, _ length: Int, _ room: Int, margin: Int) -> Int {
        let margin = max(0, min(margin, (room - length) / 2))
        var start = max(start, low + length + margin - room)
        start = min(start, low - margin)
        return start
    }
}
