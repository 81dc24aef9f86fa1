import TraceAnalysis

extension TreeState {
    mutating func perform(_ id: Command.ID, count: Int, _ message: inout ExplorerState.Message?) {
        switch id {
        case .open: if !outline.unfold(), selectedRef != nil { focus = .span }
        case .close: _ = outline.foldOrLeave()
        case .nextError, .previousError:
            for _ in 0..<min(count, 10_000) {
                guard move(forward: id == .nextError, where: { $0.hasError($1) }) else {
                    message = .init(text: "no span has an error", isError: false)
                    return
                }
            }
        case .nextSlowest, .previousSlowest:
            guard moveAlongSlowest(by: id == .nextSlowest ? count : -count) else { return }
            message = .init(text: "number \(slowestRank + 1) by time of its own", isError: false)
        case .zoomIn: zoomIn()
        case .zoomOut: zoomOut()
        case .left: pan(by: -count)
        case .right: pan(by: count)
        default: outline.perform(id, count: count)
        }
    }

    /// The commands about the two panes. Whether this was one.
    mutating func performOnPanes(_ id: Command.ID, step: Int, _ message: inout ExplorerState.Message?) -> Bool {
        switch id {
        case .nextPane: if focus == .span { leavePane() } else if selectedRef != nil { focus = .span }
        case .maximise: isMaximised.toggle()
        case .grow, .shrink:
            let larger = (id == .grow) == (focus == .span)
            paneOffset = max(-100, min(100, paneOffset + (larger ? step : -step)))
        default: return false
        }
        return true
    }

    mutating func leavePane() {
        focus = .tree
        isMaximised = false
    }
}
