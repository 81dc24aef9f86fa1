import TraceModel
import TraceStore

extension Explorer {
    /// Sets what is looked for, and lights up what matches by name.
    static func setNeedle(_ needle: SearchText?, _ state: inout ExplorerState) {
        state.search.needle = needle
        if state.view == .live || state.view == .rewards {
            return
        } else if state.view == .graph {
            state.graph?.match(needle)
        } else if state.isTreeInFront, let top = state.trees.indices.last {
            state.trees[top].match(needle)
        } else {
            state.traces.match(needle)
        }
    }

    /// Searches in earnest: names at once, content as it is read. The cursor goes to the first match from where it is.
    static func startSearch(_ text: String, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        state.searchHistory.removeAll { $0 == text }
        state.searchHistory.append(text)
        setNeedle(SearchText(text), &state)
        guard let needle = state.search.needle else { return }
        state.search.generation += 1
        state.search.isWaiting = !moveToMatch(forward: true, includingCursor: true, &state)
        if [.span, .live, .graph, .rewards].contains(state.scope) {
            if state.search.isWaiting { state.message = .init(text: "\(text) is not here", isError: true) }
            state.search.isWaiting = false
            return
        }
        state.search.isRunning = true
        effects.append(.find(needle, in: state.tree?.trace, generation: state.search.generation))
    }

    /// Goes to the next match in the pane that has the focus. Whether there is one.
    @discardableResult
    static func moveToMatch(forward: Bool, includingCursor: Bool = false, _ state: inout ExplorerState) -> Bool {
        guard let needle = state.search.needle else { return false }
        if state.view == .graph {
            return state.graph?.moveToMatch(forward: forward, includingCursor: includingCursor) ?? false
        }
        if state.view == .live {
            let row = state.live.row(forward: forward, includingCursor: includingCursor, matching: needle)
            if let row { state.live.move(toRow: row) }
            return row != nil
        }
        if state.view == .rewards {
            let row = state.row(inRewards: forward, includingCursor: includingCursor, matching: needle)
            if let row { state.rewards.move(toRow: row) }
            return row != nil
        }
        guard state.isTreeInFront, let top = state.trees.indices.last else {
            if includingCursor, let selected = state.traces.selected, state.traces.isMatch(selected) { return true }
            let next = state.traces.row(after: state.traces.cursor, forward: forward) { state.traces.isMatch($0) }
            if let next { state.traces.move(toRow: next) }
            return next != nil
        }
        if state.trees[top].focus == .span {
            return state.trees[top].pane.moveToMatch(needle, forward: forward, includingCursor: includingCursor)
        }
        guard state.trees[top].matchCount > 0 else { return false }
        let matches = state.trees[top].matches
        if includingCursor, let node = state.trees[top].outline.node, matches[node] { return true }
        return state.trees[top].move(forward: forward) { _, node in matches[node] }
    }

    static func take(_ matches: [SpanMatch], _ state: inout ExplorerState) {
        if state.isTreeInFront, let top = state.trees.indices.last {
            state.trees[top].match(matches)
        } else {
            state.traces.contentMatches.formUnion(matches.map(\.trace))
        }
        if state.search.isWaiting, moveToMatch(forward: true, includingCursor: true, &state) {
            state.search.isWaiting = false
        }
    }

    static func sayIfNothingFound(_ state: inout ExplorerState) {
        guard let needle = state.search.needle, matchCount(state) == 0 else { return }
        state.message = .init(text: "nothing has “\(needle.text)” in it", isError: true)
    }

    /// How many rows of the view in front match.
    package static func matchCount(_ state: ExplorerState) -> Int {
        if state.view == .live, let needle = state.search.needle {
            return state.live.rows.indices.count { state.live.isMatch($0, needle) }
        }
        if state.view == .graph { return state.graph?.matches.count ?? 0 }
        if state.view == .rewards, let needle = state.search.needle {
            return (0..<state.rewards.rowCount).count { needle.matches(state.rewardsText(ofRow: $0)) }
        }
        return state.tree?.matchCount ?? state.traces.matchCount
    }

    static func refreshTraceMatches(_ state: inout ExplorerState) {
        let found = state.traces.contentMatches
        state.traces.match(state.search.needle)
        state.traces.contentMatches = found
    }
}

extension SpanPaneState {
    mutating func moveToMatch(_ needle: SearchText, forward: Bool, includingCursor: Bool) -> Bool {
        let found = matches(needle)
        guard !found.isEmpty, let node = outline.node else { return false }
        if includingCursor, found.contains(node) { return true }
        let next = forward ? found.first { $0 > node } ?? found[0] : found.last { $0 < node } ?? found[found.count - 1]
        outline.reveal(next)
        return true
    }
}
