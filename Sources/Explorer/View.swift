/// A screen of the explorer, each opened over the one it was reached from.
package enum View: String, Sendable, CaseIterable {
    case traces = "Traces"
    case tree = "Tree"
    case graph = "Graph"
    case rewards = "Rewards"
    case review = "Review"
    case live = "Live"

    /// The key that shows it, and its place in the line of views.
    package var number: Int {
        switch self {
        case .traces: 1
        case .tree: 2
        case .graph: 3
        case .review: 5
        case .rewards: 4
        case .live: 6
        }
    }

    /// The command that shows it.
    var command: Command.ID {
        switch self {
        case .traces: .viewTraces
        case .tree: .viewTree
        case .graph: .viewGraph
        case .rewards: .viewRewards
        case .live: .viewLive
        case .review: .viewReview
        }
    }
}

extension ExplorerState {
    package var view: View { views.last ?? .traces }

    /// Puts a view in front: over the others, or by leaving those that are over it.
    mutating func show(_ view: View) {
        if let place = views.firstIndex(of: view) {
            views.removeSubrange((place + 1)...)
        } else {
            views.append(view)
        }
    }

    /// Leaves the view in front. Whether there is one under it.
    mutating func leaveView() -> Bool {
        guard views.count > 1 else { return false }
        views.removeLast()
        return true
    }
}
