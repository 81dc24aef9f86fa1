import Cells
import TraceModel
import TraceStore

extension Explorer {
    /// Asks for what came since the last time, while the view is open and nobody waits already.
    static func requestFeed(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard state.views.contains(.live) else { return }
        guard !state.live.isRequested else {
            state.live.isStale = true
            return
        }
        state.live.isRequested = true
        state.live.isStale = false
        effects.append(.readFeed(after: state.live.feedCursor, limit: LiveState.kept))
    }

    static func performInLive(
        _ id: Command.ID, count: Int?, argument: String?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) {
        if let motion = Motion(id, count: count, argument: argument, page: state.layout.list.height) {
            state.live.move(toRow: motion.row(from: state.live.cursor, rows: state.live.rows.count))
            return
        }
        switch id {
        case .open:
            guard let entry = state.live.selected else { return }
            var tree = TreeState(trace: entry.trace)
            tree.destination = entry.id
            open(tree, &state, &effects)
        case .nextError, .previousError:
            let live = state.live
            let count = live.rows.count
            let step = id == .nextError ? 1 : count - 1
            let next = (1...max(1, count)).lazy.map { (live.cursor + $0 * step) % max(1, count) }
                .first { live.rows.indices.contains($0) && live.entries[live.rows[$0]].traits.status == .error }
            if let next { state.live.move(toRow: next) } else { state.say("no span has an error") }
        default: break
        }
    }
}
