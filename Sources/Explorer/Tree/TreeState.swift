package import TraceAnalysis
package import TraceModel

/// One opened trace: its tree, what is unfolded, the time axis, and the pane that says what the span says.
package struct TreeState: Sendable {
    package enum Focus: Sendable { case tree, span }

    package let trace: TraceID
    package internal(set) var tree: SpanTree?
    /// Why there is no tree, where there is none and none will come.
    package internal(set) var failure: String?
    package internal(set) var outline = Outline()
    /// What rows say beyond names, as it was read for those that were on the screen.
    package internal(set) var details: [SpanRef: SpanDetail] = [:]
    /// The stretch of time that the waterfall shows.
    package internal(set) var window: ClosedRange<Int64> = 0...0
    package internal(set) var focus = Focus.tree
    package internal(set) var isMaximised = false
    /// Rows that the span's pane has more or fewer than its share.
    package internal(set) var paneOffset = 0
    package internal(set) var pane = SpanPaneState()
    package internal(set) var marks: [Character: SpanRef] = [:]
    /// By node: spans whose name matches, or whose content does.
    package internal(set) var matches: [Bool] = []
    package internal(set) var matchCount = 0
    package internal(set) var slowestRank = -1
    /// The span to go to once the tree is there, when a link led here.
    var destination: SpanID?
    /// Nodes by where the store keeps their spans; made when a search first needs it.
    var positions: [SpanRef: Int]?
    /// The version of the trace that was asked for last.
    var version: UInt32?
    /// The trace is being read.
    var isRequested = false
    /// Asked for and not yet answered.
    var requested: Set<SpanRef> = []

    package init(trace: TraceID) {
        self.trace = trace
    }

    /// The span under the cursor; of a group or a stand-in, none.
    package var selectedSpan: Int? {
        guard let tree, let node = outline.node else { return nil }
        return tree.span(at: node)
    }

    package var selectedRef: SpanRef? {
        guard let tree, let span = selectedSpan else { return nil }
        return tree.table.refs[span]
    }
}
