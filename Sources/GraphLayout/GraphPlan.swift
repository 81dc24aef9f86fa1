/// Where everything of a sketch is, in cells from the top left.
package struct GraphPlan: Equatable, Sendable {
    /// Cells across; every box, route and label is within.
    package var width = 0
    /// Cells down.
    package var height = 0
    /// One for each node of the sketch, in its order.
    package var boxes: [Box] = []
    /// One for each edge of the sketch, in its order.
    package var routes: [Route] = []
    /// The layer of each node, counted from 0 within its connected part.
    package var ranks: [Int] = []
    /// Cells where lines cross, as drawn: where edges run together on one line, their crossing with another is one. What
    /// crosses an outer lane (see `LayeredLayout`) where that only passes is not counted.
    package var crossings = 0
    /// The lengths of all routes together, in cells.
    package var length = 0
    /// What a later layout keeps the order by: keys of nodes and of the lines between them …
    var itemKeys: [UInt64] = []
    /// … and the middle of each across the layers.
    var itemPlaces: [Int32] = []

    /// Nothing anywhere.
    package init() {}

    /// A cell.
    package struct Point: Hashable, Sendable {
        /// Columns from the left.
        package var x: Int
        /// Rows from the top.
        package var y: Int

        /// Takes all that it is.
        package init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }
    }

    /// The cells of a node.
    package struct Box: Equatable, Sendable {
        /// The left column.
        package var x: Int
        /// The top row.
        package var y: Int
        /// In cells.
        package var width: Int
        /// In cells.
        package var height: Int

        /// Takes all that it is.
        package init(x: Int, y: Int, width: Int, height: Int) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }

        /// Whether the cell is one of the box.
        package func contains(_ point: Point) -> Bool {
            point.x >= x && point.x < x + width && point.y >= y && point.y < y + height
        }
    }

    /// The line of an edge.
    package struct Route: Equatable, Sendable {
        /// Corners from the cell beside the source's box to the cell beside the target's, where the arrow head is; each
        /// step is along one axis. Empty where the edge has an end that is no node.
        package var points: [Point] = []
        /// The edge leads against the layers: it is part of a cycle. It leaves and enters by the far side of the boxes
        /// (below them, or to their right where ranks are rows), so that it is told from those that lead on.
        package var isReversed = false
        /// Where the label begins, if the edge has one: on the edge's own line, and clear of boxes, other labels and
        /// other lines.
        package var label: Point?

        /// An edge without a line.
        package init() {}
    }
}
