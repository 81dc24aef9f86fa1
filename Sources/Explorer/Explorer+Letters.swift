import Cells
import TraceAnalysis
import TraceModel
import TraceStore

extension Explorer {
    /// Commands that are told by the letter after them: marks and copying.
    static func performLettered(
        _ id: Command.ID, _ letter: Character, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        switch id {
        case .mark: mark(letter, &state)
        case .jump: jump(letter, &state)
        default: copy(letter, &state, &effects)
        }
    }

    private static func mark(_ letter: Character, _ state: inout ExplorerState) {
        if state.view == .graph {
            guard let selected = state.graph?.selected else { return }
            state.graph?.marks[letter] = selected
        } else if state.isTreeInFront, let top = state.trees.indices.last {
            guard let ref = state.trees[top].selectedRef else { return }
            state.trees[top].marks[letter] = ref
        } else {
            guard let selected = state.traces.selected else { return }
            state.traces.marks[letter] = state.traces.table.ids[selected]
        }
        state.say("marked \(letter)")
    }

    private static func jump(_ letter: Character, _ state: inout ExplorerState) {
        if state.view == .graph {
            if let id = state.graph?.marks[letter] {
                state.graph?.select(id)
                return
            }
        } else if state.isTreeInFront, let top = state.trees.indices.last {
            if let ref = state.trees[top].marks[letter] {
                state.trees[top].reveal(ref)
                return
            }
        } else if let trace = state.traces.marks[letter],
            let row = state.traces.order.firstIndex(where: { state.traces.table.ids[Int($0)] == trace })
        {
            state.traces.move(toRow: row)
            return
        }
        state.say("nothing is marked \(letter)", isError: true)
    }

    private static func copy(_ part: Character, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        if state.view == .live, let entry = state.live.selected {
            return copy(part, of: entry, &state, &effects)
        }
        if state.view == .graph { return copyNode(part, &state, &effects) }
        guard let tree = state.tree else {
            guard let position = state.traceUnderCursor else { return }
            let trace = state.traces.table[position]
            switch part {
            case "i", "t": effects.append(.copy("\(trace.id)", what: "the trace id"))
            case "n": effects.append(.copy(trace.root, what: "the root's name"))
            case "v": effects.append(.copy(trace.title, what: "the title"))
            case "l":
                effects.append(.copy("\(trace.id)\t\(trace.agent)\t\(trace.root)\t\(trace.title)", what: "the line"))
            default: sayParts(&state)
            }
            return
        }
        guard let span = tree.selectedSpan, let table = tree.tree?.table else { return }
        let row = tree.focus == .span ? tree.pane.selectedRow : nil
        switch part {
        case "i": effects.append(.copy("\(table.ids[span])", what: "the span id"))
        case "t": effects.append(.copy("\(tree.trace)", what: "the trace id"))
        case "n": effects.append(.copy(row?.key ?? table.strings[table.names[span]], what: "the name"))
        case "j": effects.append(.copyRaw(table.refs[span]))
        case "v":
            if let row {
                effects.append(.copyValue(row.value, what: row.key.isEmpty ? "the value" : row.key))
            } else {
                let title = tree.details[table.refs[span]]?.title ?? ""
                effects.append(.copy(title, what: "what the span is about"))
            }
        case "l":
            let line = row.map { "\($0.key)\t\($0.text)" } ?? "\(table.ids[span])\t\(table.strings[table.names[span]])"
            effects.append(.copy(line, what: "the line"))
        default: sayParts(&state)
        }
    }

    private static func copy(
        _ part: Character, of entry: SpanFeed.Entry, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        switch part {
        case "i": effects.append(.copy("\(entry.id)", what: "the span id"))
        case "t": effects.append(.copy(entry.traceName, what: "the trace id"))
        case "n": effects.append(.copy(entry.name, what: "the name"))
        case "j": effects.append(.copyRaw(entry.ref))
        case "l", "v": effects.append(.copy("\(entry.id)\t\(entry.name)\t\(entry.service)", what: "the line"))
        default: sayParts(&state)
        }
    }

    private static func copyNode(
        _ part: Character, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard let graph = state.graph, let node = graph.node else { return }
        switch part {
        case "i": effects.append(.copy("\(node.id)", what: "the span id"))
        case "t": if let trace = graph.trace { effects.append(.copy("\(trace)", what: "the trace id")) }
        case "n": effects.append(.copy(node.title, what: "the name"))
        case "v": effects.append(.copy(node.goal, what: "the goal"))
        case "l":
            effects.append(.copy("\(node.id)\t\(node.state.rawValue)\t\(node.title)\t\(node.goal)", what: "the line"))
        default: sayParts(&state)
        }
    }

    private static func sayParts(_ state: inout ExplorerState) {
        state.say("y takes i id, t trace id, n name, v value, j JSON, l line", isError: true)
    }
}
