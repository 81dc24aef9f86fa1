package import Cells

/// Something a person can do: one row of the table from which keys, `:` commands, help, man page and README come.
package struct Command: Sendable {
    /// The raw value is the name after `:`.
    package enum ID: String, Sendable, CaseIterable {
        case down, up, top, bottom
        case halfPageDown = "half-page-down"
        case halfPageUp = "half-page-up"
        case pageDown = "page-down"
        case pageUp = "page-up"
        case open, close, back, quit
        case collapseAll = "collapse-all"
        case expandAll = "expand-all"
        case deeper, shallower
        case nextSibling = "next-sibling"
        case previousSibling = "previous-sibling"
        case parent
        case nextError = "next-error"
        case previousError = "previous-error"
        case nextSlowest = "next-slowest"
        case previousSlowest = "previous-slowest"
        case left, right, invert
        case zoomIn = "zoom-in"
        case zoomOut = "zoom-out"
        case search
        case searchNext = "search-next"
        case searchPrevious = "search-previous"
        case command
        case viewTraces = "traces"
        case viewTree = "tree"
        case viewGraph = "graph"
        case viewRewards = "rewards"
        case viewLive = "live"
        case map, fold, inside, direction, lanes, play, earlier, later
        case timeTravel = "time-travel"
        case nextWaiting = "next-waiting"
        case previousWaiting = "previous-waiting"
        case nextRunning = "next-running"
        case viewReview = "review"
        case nextPane = "next-pane"
        case maximise, grow, shrink
        case mark, jump, copy
        case difference
        case grouping = "by"
        case strategy, weights, write
        case select
        case approve, reject, reward, undo
        case redo, comment, correct
        case skip, grade, clear, flag, criteria, unfold
        case nextItem = "next"
        case previousItem = "previous"
        case follow, pause, filter
        case help, problems, pending
        case sort, goto, theme
        case redraw, suspend, cancel
    }

    /// Where a command is known.
    package enum Scope: String, Sendable, CaseIterable {
        case traces, tree, span, graph, rewards, live, review

        /// As a heading of help.
        package var title: String {
            switch self {
            case .traces: "Traces"
            case .tree: "Tree"
            case .span: "Span"
            case .graph: "Graph"
            case .rewards: "Rewards"
            case .live: "Live"
            case .review: "Review"
            }
        }
    }

    /// What may follow the name after `:`.
    package enum Argument: String, Sendable {
        case column = "COLUMN [asc|desc]"
        case theme = "THEME"
        case row = "ROW"
        case text = "TEXT"
        case command = "COMMAND"
        case letter = "LETTER"
        case part = "i|t|n|v|j|l"
        case value = "VALUE"
        case query = "QUERY"
        case queue = "[QUEUE|ORDER] [QUERY]"
        case digit = "1…9"
        case grouping = "[by] agent|pipeline|session|model|day|service|source|ATTRIBUTE"
        case retry = "[retry]"
        case weights = "NAME=WEIGHT …"
    }

    package var id: ID
    package var keys: [Key]
    package var scopes: [Scope]
    /// One line, in the imperative, without a full stop.
    package var help: String
    package var argument: Argument?

    package init(_ id: ID, _ keys: [Key], _ scopes: [Scope], _ help: String, argument: Argument? = nil) {
        self.id = id
        self.keys = keys
        self.scopes = scopes
        self.help = help
        self.argument = argument
    }

    /// A command of every view.
    package init(_ id: ID, _ keys: [Key], _ help: String, argument: Argument? = nil) {
        self.init(id, keys, Scope.allCases, help, argument: argument)
    }
}

extension Command {
    /// Whether every view knows it.
    package var isEverywhere: Bool { scopes.count == Scope.allCases.count }
}
