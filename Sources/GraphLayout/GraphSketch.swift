/// What is to be laid out: boxes of given sizes, and the edges between them.
package struct GraphSketch: Equatable, Sendable {
    /// The boxes. A size below one counts as one.
    package var nodes: [Node]
    /// The edges. Cycles, several edges between the same two nodes and edges from a node to itself are all fine; an edge
    /// whose end is no node gets an empty route.
    package var edges: [Edge]
    /// Where edges lead, as far as they can.
    package var direction: Direction

    /// Takes all that it is.
    package init(nodes: [Node], edges: [Edge], direction: Direction) {
        self.nodes = nodes
        self.edges = edges
        self.direction = direction
    }

    /// The way that edges lead.
    package enum Direction: Equatable, Sendable, CaseIterable {
        /// Ranks are columns.
        case leftToRight
        /// Ranks are rows.
        case topDown
    }

    /// A box.
    package struct Node: Equatable, Sendable {
        /// Tells the node again in a later sketch of the same graph; no two nodes have the same.
        package var key: UInt64
        /// In cells.
        package var width: Int
        /// In cells.
        package var height: Int

        /// Takes all that it is.
        package init(key: UInt64, width: Int, height: Int) {
            self.key = key
            self.width = width
            self.height = height
        }
    }

    /// An edge between two boxes, or from one to itself.
    package struct Edge: Equatable, Sendable {
        /// Index of the node it comes from.
        package var from: Int
        /// Index of the node it leads to.
        package var to: Int
        /// Cells that its label takes; 0 where it has none.
        package var labelWidth: Int

        /// Takes all that it is.
        package init(from: Int, to: Int, labelWidth: Int = 0) {
            self.from = from
            self.to = to
            self.labelWidth = labelWidth
        }
    }
}
