/// The lines of a plan, drawn into cells: which arms of each cell an edge passes, for any rectangle of the plan, at once
/// however large the plan is. A view makes box-drawing characters of it.
package struct GraphInk: Sendable {
    private let alongRows: InkLines
    private let alongColumns: InkLines
    /// Corners and ends, by rows and then columns.
    private let marks: [InkMark]

    /// The lines of a plan that was made of this sketch, or `only` those of some of its edges: what is to stand out.
    /// Takes time by the number of their corners.
    package init(_ plan: GraphPlan, of sketch: GraphSketch, only chosen: [Int]? = nil) {
        var rows: [InkLines.Stretch] = []
        var columns: [InkLines.Stretch] = []
        var marks: [InkMark] = []
        for edge in chosen ?? Array(plan.routes.indices) {
            let route = plan.routes[edge]
            for (first, second) in zip(route.points, route.points.dropFirst()) {
                if first.y == second.y {
                    rows.append(InkLines.Stretch(line: first.y, first.x, second.x, edge: edge))
                } else {
                    columns.append(InkLines.Stretch(line: first.x, first.y, second.y, edge: edge))
                }
            }
            guard !route.points.isEmpty else { continue }
            let ends = sketch.edges[edge]
            marks += InkMark.marks(
                of: route, source: plan.boxes[ends.from], target: plan.boxes[ends.to], edge: edge)
        }
        alongRows = InkLines(rows)
        alongColumns = InkLines(columns)
        self.marks = InkMark.merge(marks)
    }

    /// The cells of a rectangle, row by row.
    package func cells(x: Int, y: Int, width: Int, height: Int) -> [Cell] {
        let (width, height) = (max(0, width), max(0, height))
        var cells = [Cell](repeating: Cell(), count: width * height)
        for row in 0..<height {
            alongRows.visit(line: y + row, x..<x + width) { stretch, start, end in
                for column in start...end {
                    var arms: Arms = []
                    if column > stretch.low || !stretch.isFirst { arms.insert(.left) }
                    if column < stretch.high || !stretch.isLast { arms.insert(.right) }
                    cells[row * width + column - x].draw(arms, stretch.edge)
                }
            }
        }
        for column in 0..<width {
            alongColumns.visit(line: x + column, y..<y + height) { stretch, start, end in
                for row in start...end {
                    var arms: Arms = []
                    if row > stretch.low || !stretch.isFirst { arms.insert(.up) }
                    if row < stretch.high || !stretch.isLast { arms.insert(.down) }
                    cells[(row - y) * width + column].draw(arms, stretch.edge)
                }
            }
        }
        for index in cells.indices where cells[index].arms == .all { cells[index].isCrossing = true }
        addMarks(x: x, y: y, width: width, height: height, to: &cells)
        return cells
    }

    private func addMarks(x: Int, y: Int, width: Int, height: Int, to cells: inout [Cell]) {
        for row in 0..<height {
            var index = InkMark.firstIndex(in: marks, x: x, y: y + row)
            while index < marks.count, marks[index].y == y + row, marks[index].x < x + width {
                let mark = marks[index]
                let at = row * width + mark.x - x
                cells[at].draw(mark.arms, mark.edge)
                cells[at].isCrossing = false
                if !mark.head.isEmpty { cells[at].head = mark.head }
                index += 1
            }
        }
    }

    /// The ways out of a cell.
    package struct Arms: OptionSet, Hashable, Sendable {
        /// One bit for each way.
        package let rawValue: UInt8

        /// Takes the bits.
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// To the row above.
        package static let up = Arms(rawValue: 1)
        /// To the column on the right.
        package static let right = Arms(rawValue: 2)
        /// To the row below.
        package static let down = Arms(rawValue: 4)
        /// To the column on the left.
        package static let left = Arms(rawValue: 8)
        /// Every way.
        package static let all: Arms = [.up, .right, .down, .left]
    }

    /// What there is in a cell.
    package struct Cell: Equatable, Sendable {
        /// Where lines lead on to; none in an empty cell.
        package var arms: Arms = []
        /// Two lines cross here and go their ways; else all arms of the cell are joined.
        package var isCrossing = false
        /// Where an arrow head points, which is one way: into the box beside it.
        package var head: Arms = []
        /// The topmost of the cell's edges, which is the last of them in the sketch; -1 where there is none.
        package var edge = -1

        /// An empty cell.
        package init() {}

        fileprivate mutating func draw(_ arms: Arms, _ edge: Int) {
            self.arms.formUnion(arms)
            self.edge = max(self.edge, edge)
        }
    }
}
