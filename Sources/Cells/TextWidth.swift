/// How many columns text takes. Our own tables, so that every terminal and every test sees the same.
package enum TextWidth {
    /// 0 for a mark that joins the character before it, 2 for a wide one, else 1.
    package static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        if contains(marks, value) { return 0 }
        if value < 0x1100 { return 1 }
        return contains(wide, value) ? 2 : 1
    }

    /// As `Screen.write` would use.
    package static func columns(of text: some StringProtocol) -> Int {
        var columns = 0
        for scalar in text.unicodeScalars {
            guard let shown = Display.shown(scalar) else { continue }
            if columns > 0, Display.isModifier(scalar) { continue }
            columns += self.columns(of: shown)
        }
        return columns
    }

    /// The text, or as much of it as leaves room for an ellipsis.
    package static func clip(_ text: some StringProtocol, to columns: Int) -> String {
        if text.utf8.count <= columns { return String(text) }
        var used = 0
        var end = text.startIndex
        for index in text.unicodeScalars.indices {
            let scalar = text.unicodeScalars[index]
            let width = Display.shown(scalar).map { self.columns(of: $0) } ?? 0
            if used + width > columns { return columns > 0 ? String(text[..<end]) + "…" : "" }
            used += width
            if used < columns { end = text.unicodeScalars.index(after: index) }
        }
        return String(text)
    }

    /// Lines of at most `columns`, broken at spaces where there are any, and at line ends.
    package static func wrap(_ text: some StringProtocol, to columns: Int) -> [String] {
        let columns = max(2, columns)
        return text.split(omittingEmptySubsequences: false) { $0.isNewline }.flatMap { wrapLine($0, to: columns) }
    }

    private static func wrapLine(_ line: some StringProtocol, to columns: Int) -> [String] {
        var lines: [String] = []
        var current = String.UnicodeScalarView()
        var used = 0
        // Where the last space of the line stands: its end in `current`, and the columns up to there.
        var space: (end: String.UnicodeScalarView.Index, used: Int)?
        for scalar in line.unicodeScalars {
            let width = Display.shown(scalar).map { self.columns(of: $0) } ?? 0
            if used + width > columns {
                if scalar == " " {
                    lines.append(String(current))
                    (current, used, space) = (String.UnicodeScalarView(), 0, nil)
                    continue
                }
                if let broken = space {
                    let rest = String.UnicodeScalarView(current[broken.end...])
                    lines.append(String(String.UnicodeScalarView(current[..<broken.end])))
                    (current, used) = (rest, used - broken.used)
                } else {
                    lines.append(String(current))
                    (current, used) = (String.UnicodeScalarView(), 0)
                }
                space = nil
            }
            current.append(scalar)
            used += width
            if scalar == " " { space = (current.endIndex, used) }
        }
        lines.append(String(current))
        return lines
    }

    private static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }
}
