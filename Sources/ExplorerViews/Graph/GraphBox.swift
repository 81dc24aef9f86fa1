import Cells
import Explorer
import GraphLayout
import TraceAnalysis
import TraceModel

/// A step of a graph, as large as the zoom has it.
struct GraphBox {
    let node: MissionGraph.Node
    let state: SpanVocabulary.NodeState
    let isSelected: Bool
    let isCritical: Bool
    let isMatch: Bool
    /// How many steps are folded into it.
    let hidden: Int
    let duration: Int64

    func draw(
        _ canvas: inout Canvas, _ box: GraphPlan.Box, zoom: GraphScene.Zoom, offset: GraphPlan.Point, in area: Rectangle
    ) {
        // Drawn by itself and then laid where it belongs: of a box at the edge, what is within the window.
        var own = Canvas(size: Size(columns: box.width, rows: box.height), theme: canvas.theme)
        switch zoom {
        case .full: drawFull(&own)
        case .compact: drawCompact(&own)
        case .line: drawLine(&own)
        case .dot: own.write(state.sign, x: 0, y: 0, isSelected ? .match : role)
        }
        let place = Position(x: area.x + box.x - offset.x, y: area.y + box.y - offset.y)
        canvas.screen.lay(own.screen, at: place, within: area)
    }

    private var role: Role { state.role }

    private func drawFull(_ canvas: inout Canvas) {
        drawFrame(&canvas, title: node.title)
        let room = canvas.screen.size.columns - 4
        let sign = state.sign
        canvas.write(sign, x: 2, y: 1, role)
        let goal = node.goal.isEmpty ? state.rawValue : node.goal
        canvas.write(TextWidth.clip(Display.printable(goal), to: room - 2), x: 4, y: 1, .text)
        let x = 2 + canvas.write(TextWidth.clip(facts.joined(separator: "  "), to: room), x: 2, y: 2, .spanTime)
        if let reward = node.reward, x + 5 < room + 2 {
            canvas.write(Figures.reward(reward), x: x + 2, y: 2, RewardRoles.role(of: reward))
        }
    }

    private var facts: [String] {
        var facts: [String] = []
        switch state {
        case .pending, .ready, .waiting, .paused: facts.append(state.rawValue)
        case .running: facts.append(duration > 0 ? "running \(Figures.duration(duration))" : "running")
        case .done, .failed, .cancelled, .replaced: if duration > 0 { facts.append(Figures.duration(duration)) }
        }
        if !node.agent.isEmpty, node.agent != node.title { facts.append(Display.printable(node.agent)) }
        return facts
    }

    private func drawCompact(_ canvas: inout Canvas) {
        drawFrame(&canvas, title: "")
        let end = canvas.screen.size.columns - 2
        canvas.write(state.sign, x: 2, y: 1, role)
        let time = duration > 0 ? Figures.duration(duration) : ""
        canvas.write(time, endingAt: end, y: 1, .spanTime, limit: 6)
        let room = end - 4 - (time.isEmpty ? 0 : TextWidth.columns(of: time) + 1)
        canvas.write(TextWidth.clip(Display.printable(node.title), to: room), x: 4, y: 1, isMatch ? .match : .text)
    }

    private func drawLine(_ canvas: inout Canvas) {
        let width = canvas.screen.size.columns
        canvas.write(state.sign, x: 0, y: 0, role)
        canvas.write(TextWidth.clip(Display.printable(node.title), to: width - 2), x: 2, y: 0, isMatch ? .match : .text)
        if isSelected { canvas.lay(.cursor, over: Rectangle(x: 0, y: 0, width: width, height: 1)) }
    }

    /// Of the step under the cursor the frame is heavy, of one that is not there dashed.
    private func drawFrame(_ canvas: inout Canvas, title: String) {
        let (width, height) = (canvas.screen.size.columns, canvas.screen.size.rows)
        let line: (across: String, down: String, corners: [String]) =
            isSelected
            ? ("━", "┃", ["┏", "┓", "┗", "┛"])
            : node.isMissing ? ("╌", "╎", ["╭", "╮", "╰", "╯"]) : ("─", "│", ["╭", "╮", "╰", "╯"])
        let frame: Role =
            isSelected
            ? .textStrong : isCritical ? .waterfallCritical : state == .failed || state == .running ? role : .graphBox
        for x in 1..<width - 1 {
            canvas.write(line.across, x: x, y: 0, frame)
            canvas.write(line.across, x: x, y: height - 1, frame)
        }
        for y in 1..<height - 1 {
            canvas.write(line.down, x: 0, y: y, frame)
            canvas.write(line.down, x: width - 1, y: y, frame)
        }
        for (corner, (x, y)) in zip(line.corners, [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)]) {
            canvas.write(corner, x: x, y: y, frame)
        }
        if !title.isEmpty {
            let notes = node.notes.isEmpty ? "" : " ✎\(min(node.notes.count, 99)) "
            let room = width - 5 - TextWidth.columns(of: notes)
            let text = " \(TextWidth.clip(Display.printable(title), to: max(1, room - 1))) "
            canvas.write(text, x: 2, y: 0, isMatch ? .match : .textStrong, limit: room + 1)
            canvas.write(notes, endingAt: width - 1, y: 0, .badge, limit: 5)
        }
        if hidden > 0 {
            canvas.write(" ▸ \(hidden) ", endingAt: width - 1, y: height - 1, .spanGroup, limit: width - 2)
        }
    }
}

extension SpanVocabulary.NodeState {
    var role: Role {
        switch self {
        case .done: .graphDone
        case .failed: .graphFailed
        case .running: .graphRunning
        case .cancelled, .replaced, .paused, .pending, .ready, .waiting: .graphWaiting
        }
    }
}
