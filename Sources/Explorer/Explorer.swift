import Cells
import TraceAnalysis
import TraceModel

/// The core: what happened goes in, the state changes, and what is to be done comes out. It never waits, does no I/O,
/// and reads no clock.
package enum Explorer {
    package static func update(_ state: inout ExplorerState, _ event: ExplorerEvent) -> [ExplorerEffect] {
        var effects: [ExplorerEffect] = []
        switch event {
        case .input(.key(let key)):
            press(key, &state, &effects)
        case .input(.paste(let text)):
            if state.prompt != nil {
                state.prompt?.insert(text.prefix(4096))
                promptChanged(&state)
            } else if state.writing != nil {
                state.writing?.area.insert(text)
                state.writing?.isWaiting = false
            }
        case .input(.mouse(let mouse)):
            point(mouse, &state)
        case .input(.resize(let size)):
            state.size = size
        case .input:
            break
        default:
            answer(event, &state, &effects)
        }
        settle(&state, &effects)
        return effects
    }

    /// After every event: what must be in sight is, and what is in sight is asked for.
    private static func settle(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let layout = state.layout
        if state.view == .graph {
            requestLayout(&state, &effects)
            state.graph?.scroll(width: layout.list.width, height: layout.list.height)
            return
        }
        if state.view == .live { return state.live.scroll(height: layout.list.height) }
        if state.view == .review { return settleReview(&state, &effects) }
        if state.view == .rewards { return settleRewards(&state, &effects) }
        guard state.isTreeInFront, let top = state.trees.indices.last else {
            state.traces.scroll(height: layout.list.height)
            return
        }
        state.trees[top].outline.scroll(height: layout.list.height)
        state.trees[top].pane.wrap(to: layout.pane.width)
        state.trees[top].pane.outline.scroll(height: layout.pane.height)
        state.trees[top].requestDetails(rows: layout.list.height, &effects)
        if layout.pane.height > 0 { state.trees[top].requestPane(&effects) }
    }
}

extension TreeState {
    /// Asks for what the rows in sight say beyond their names.
    fileprivate mutating func requestDetails(rows: Int, _ effects: inout [ExplorerEffect]) {
        guard let tree, rows > 0 else { return }
        let inSight = outline.visible.dropFirst(outline.top).prefix(rows)
        let wanted = inSight.compactMap { node in tree.span(at: Int(node)).map { tree.table.refs[$0] } }
            .filter { details[$0] == nil && !requested.contains($0) }
        guard !wanted.isEmpty else { return }
        requested.formUnion(wanted)
        effects.append(.readDetails(wanted))
    }

    /// Turns the pane to the span under the cursor, and asks for what its tab needs.
    fileprivate mutating func requestPane(_ effects: inout [ExplorerEffect]) {
        let ref = selectedRef
        if ref != pane.ref {
            pane.turn(to: ref)
            guard let ref, let tree, let span = selectedSpan else { return }
            effects.append(.readDocument(ref))
            if tree.table.logs[Int32(span)] != nil {
                effects.append(.readLogs(tree.table.ids[span], trace, ref))
            } else {
                pane.logs = []
            }
        }
        if pane.isComparing, !pane.isBaselineRequested, let ref, let tree, let span = selectedSpan {
            pane.isBaselineRequested = true
            if let earlier = tree.table.earlier(than: span) {
                let lag = tree.table.starts[span] - tree.table.starts[earlier]
                pane.baselineTitle =
                    "\(tree.table.strings[tree.table.names[earlier]]), \(Figures.duration(lag)) earlier"
                effects.append(.readBaseline(tree.table.refs[earlier], for: ref))
            }
        }
        if pane.tab == .raw, pane.raw == nil, let ref, !pane.isRawRequested {
            pane.isRawRequested = true
            effects.append(.readRaw(ref))
        }
    }
}
