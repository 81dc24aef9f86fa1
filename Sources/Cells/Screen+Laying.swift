extension Screen {
    /// Lays another screen over this one, its top left at a place that may lie outside; only what falls within the area
    /// is laid, and of a wide character cut in half a blank.
    package mutating func lay(_ other: Screen, at place: Position, within area: Rectangle) {
        for y in 0..<other.size.rows {
            let row = place.y + y
            guard row >= max(0, area.y), row < min(size.rows, area.y + area.height) else { continue }
            let low = max(0, area.x, place.x)
            let high = min(size.columns, area.x + area.width, place.x + other.size.columns)
            guard low < high else { continue }
            for column in low..<high {
                let cell = other[column - place.x, y]
                let next = column + 1 - place.x < other.size.columns ? other[column + 1 - place.x, y].text : " "
                let isCut = cell.text.isEmpty && column == low || next.isEmpty && column == high - 1
                cells[row * size.columns + column] = isCut ? Cell(" ", cell.style) : cell
            }
            // What stood there may have been wide.
            let first = row * size.columns + low
            if low > 0, cells[first].text != "", cells[first - 1].isWide { cells[first - 1].text = " " }
            let after = row * size.columns + high
            if high < size.columns, cells[after].text.isEmpty { cells[after].text = " " }
        }
    }
}

extension Cell {
    fileprivate var isWide: Bool { TextWidth.columns(of: text) == 2 }
}
