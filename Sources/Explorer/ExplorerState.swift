package import Cells
import TraceAnalysis
package import TraceModel
package import TraceStore

/// All that the explorer knows. What is on the screen is a function of this and nothing else.
package struct ExplorerState: Sendable {
    package internal(set) var size: Size
    /// What was opened, as a person would name it: a path, or how many there are.
    package internal(set) var sourceName: String
    /// Names that `:theme` takes.
    package internal(set) var themes: [String]
    package internal(set) var traces = TracesState()
    /// Opened trees, each over the one it was reached from.
    package internal(set) var trees: [TreeState] = []
    /// Opened views, the one in front last.
    package internal(set) var views: [View] = [.traces]
    package internal(set) var graph: GraphState?
    package internal(set) var rewards = RewardsState()
    package internal(set) var live = LiveState()
    package internal(set) var review = ReviewState()
    package internal(set) var writing: WritingState?
    /// What the store knows beyond what is shown, while that is paused.
    package internal(set) var held: StoreState?
    package internal(set) var isPaused = false
    package internal(set) var selection: RowSelection?
    package internal(set) var bulk: BulkJudgement?
    /// The cursor stays at what came last.
    package internal(set) var isFollowing = false
    package internal(set) var prompt: PromptState?
    package internal(set) var overlay: Overlay?
    package internal(set) var message: Message?
    package internal(set) var search = SearchState()
    package internal(set) var history: [String] = []
    package internal(set) var searchHistory: [String] = []
    package internal(set) var filterHistory: [String] = []
    /// What the filter or the weights that are being typed would come to, or what is wrong with them.
    package internal(set) var preview: String?
    /// Keys of a command that is not complete: a count, or a command that wants a letter.
    package internal(set) var pending = PendingKeys()

    private var lastTicket = 0

    package init(size: Size, sourceName: String, themes: [String] = [], review: ReviewSetup = ReviewSetup()) {
        self.size = size
        self.sourceName = sourceName
        self.themes = themes
        self.review.setup = review
        if let queue = review.queue {
            self.review.begin(queue)
            views.append(.review)
        }
    }

    /// A line at the foot until the next key.
    package struct Message: Sendable, Equatable {
        package var text: String
        package var isError: Bool
    }

    package var isTreeInFront: Bool { view == .tree && !trees.isEmpty }

    package var tree: TreeState? { isTreeInFront ? trees.last : nil }

    /// Whose keys count.
    package var scope: Command.Scope {
        if view == .live { return .live }
        if view == .graph { return .graph }
        if view == .review { return .review }
        if view == .rewards { return .rewards }
        guard let tree else { return .traces }
        return tree.focus == .span ? .span : .tree
    }

    /// What no other question has: an answer that brings it back is of this one.
    mutating func ticket() -> Int {
        lastTicket += 1
        return lastTicket
    }

    /// Position in the table of the trace that the cursor is on, where rows are traces.
    var traceUnderCursor: Int? {
        switch view {
        case .traces: traces.selected
        case .review: review.place.map { Int($0) }
        case .rewards: rewards.selected.map { Int($0.trace) }
        default: nil
        }
    }

    /// How often something of a trace came or went; nothing of one that is not known.
    func version(of trace: TraceID) -> UInt32? {
        traces.table.ids.firstIndex(of: trace).map { traces.table.versions[$0] }
    }

    package var layout: ExplorerLayout { ExplorerLayout(self) }
}

/// What is being looked for.
package struct SearchState: Sendable, Equatable {
    package internal(set) var needle: SearchText?
    /// Content is still being read.
    package internal(set) var isRunning = false
    /// Of the newest search; an older answer is dropped.
    package internal(set) var generation = 0
    /// The cursor has not been on a match yet, and goes to the first that comes.
    var isWaiting = false
    /// What was in force before the prompt was opened, for Esc.
    var previous: SearchText?

    package init() {}
}

/// Keys that wait for more.
package struct PendingKeys: Sendable, Equatable {
    package internal(set) var digits = ""
    /// A command whose letter is awaited.
    package internal(set) var command: Command.ID?

    package init() {}
}
