package import Cells

extension TextArea {
    /// A part of a line that fits the width.
    package struct Row: Sendable, Equatable {
        package var line: Int
        package var range: Range<Int>
        /// Whether the line goes on in the next row.
        var isBroken: Bool

        /// The last place in it where the caret can stand.
        var end: Int { isBroken ? range.upperBound - 1 : range.upperBound }
    }

    /// The rows that the lines take where each has `width` columns, broken after blanks where there are any.
    package func rows(width: Int) -> [Row] {
        let width = max(2, width)
        var rows: [Row] = []
        for (number, line) in lines.enumerated() {
            var start = 0
            var used = 0
            var blank: Int?
            for index in line.indices {
                let columns = TextWidth.columns(of: String(line[index]))
                if used + columns > width, index > start {
                    let end = blank.map { $0 + 1 } ?? index
                    rows.append(Row(line: number, range: start..<end, isBroken: true))
                    used = line[end..<index].reduce(0) { $0 + TextWidth.columns(of: String($1)) }
                    start = end
                    blank = nil
                }
                used += columns
                if line[index] == " " { blank = index }
            }
            rows.append(Row(line: number, range: start..<line.count, isBroken: false))
        }
        return rows
    }

    /// Where the caret stands among rows.
    package func place(in rows: [Row]) -> Position {
        let y = rows.firstIndex { $0.line == row && column >= $0.range.lowerBound && column <= $0.end } ?? 0
        let before = lines[row][rows[y].range.lowerBound..<column]
        return Position(x: before.reduce(0) { $0 + TextWidth.columns(of: String($1)) }, y: y)
    }

    package func text(of row: Row) -> String { String(lines[row.line][row.range]) }
}
