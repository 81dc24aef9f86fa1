package import TraceModel

/// The spans of one trace as a tree, flattened: node 0, its first child, and so on in the order of a fully open screen.
///
/// Besides spans it has nodes of its own making: a *group* stands over a run of siblings with one name, a *missing* node
/// over children whose parent never came. A node's descendants are the nodes after it up to `ends[node]`, so that
/// folding is skipping, and a million spans fold in the time of a scan.
package struct SpanTree: Sendable {
    package typealias Node = Int

    package enum Kind: UInt8, Sendable {
        case span, group, missing
        /// Stands over spans that are each other's parents.
        case cycle
    }

    /// So many siblings in a row with one name become a group.
    package static let groupSize = 4

    package internal(set) var table: SpanTable
    package internal(set) var kinds: [Kind] = []
    /// Positions in `table`; of a group its first span; of a missing or cycle node the first span below it.
    package internal(set) var spans: [Int32] = []
    package internal(set) var parents: [Int32] = []
    package internal(set) var depths: [Int32] = []
    /// The node after the last descendant.
    package internal(set) var ends: [Int32] = []
    /// Nanoseconds since the epoch; of nodes that are no spans, from the first to the last below them.
    package internal(set) var starts: [Int64] = []
    package internal(set) var stops: [Int64] = []
    /// Spans with an error at or below each node.
    package internal(set) var errors: [Int32] = []
    /// Whether a node lies on the chain of spans that decided when the trace ended.
    package internal(set) var isCritical: [Bool] = []
    /// Whether some child of a node is not on that chain.
    var hasDetour: [Bool] = []
    /// Node of each position in `table`.
    package internal(set) var nodes: [Int32] = []
    /// The nodes that took most time of their own, longest first; at most `slowestKept`.
    package internal(set) var slowest: [Int32] = []
    package internal(set) var start: Int64 = 0
    package internal(set) var stop: Int64 = 0
    package internal(set) var errorCount = 0
    package internal(set) var runningCount = 0

    package static let slowestKept = 1000

    package var count: Int { kinds.count }

    package var duration: Int64 { stop.subtractingReportingOverflow(start).partialValue }

    package func isLeaf(_ node: Node) -> Bool { Int(ends[node]) == node + 1 }

    package func isSpan(_ node: Node) -> Bool { kinds[node] == .span }

    package func parent(of node: Node) -> Node? { parents[node] < 0 ? nil : Int(parents[node]) }

    /// The node on the same level right before this one.
    package func previousSibling(of node: Node) -> Node? {
        var sibling: Node?
        var next = parent(of: node).map { $0 + 1 } ?? 0
        while next < node {
            sibling = next
            next = Int(ends[next])
        }
        return sibling
    }

    package func nextSibling(of node: Node) -> Node? {
        let next = Int(ends[node])
        let limit = parent(of: node).map { Int(ends[$0]) } ?? count
        return next < limit ? next : nil
    }

    /// The direct children, in order.
    package func children(of node: Node) -> some Sequence<Node> {
        sequence(state: node + 1) { [ends, limit = Int(ends[node])] next in
            guard next < limit else { return nil }
            defer { next = Int(ends[next]) }
            return next
        }
    }

    /// How many spans a group holds, or children a stand-in has.
    package func childCount(of node: Node) -> Int {
        var count = 0
        var next = node + 1
        while next < Int(ends[node]) {
            count += 1
            next = Int(ends[next])
        }
        return count
    }

    package func name(of node: Node) -> String {
        switch kinds[node] {
        case .span, .group: table.strings[table.names[Int(spans[node])]]
        case .missing: "parent \(table.parents[Int(spans[node])]) is missing"
        case .cycle: "parents in a circle"
        }
    }

    /// The span a node is, where it is one.
    package func span(at node: Node) -> Int? {
        kinds[node] == .span ? Int(spans[node]) : nil
    }

    package func traits(of node: Node) -> SpanTraits {
        table.traits[Int(spans[node])]
    }

    package func isRunning(_ node: Node) -> Bool {
        kinds[node] == .span && table.traits[Int(spans[node])].isRunning
    }

    /// How long a node took, or why there is no saying.
    package func time(of node: Node) -> String {
        if isRunning(node) { return "running" }
        return starts[node] == 0 ? "no time" : Figures.duration(stops[node] - starts[node])
    }

    package func hasError(_ node: Node) -> Bool {
        kinds[node] == .span && table.traits[Int(spans[node])].status == .error
    }
}
