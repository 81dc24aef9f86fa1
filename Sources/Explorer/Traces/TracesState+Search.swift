import TraceModel

extension TracesState {
    /// Finds the rows whose own text matches: root, title, agent, service, source, id. Each distinct string is looked
    /// at once, so that a million rows take milliseconds.
    mutating func match(_ needle: SearchText?) {
        contentMatches = []
        guard let needle else {
            matches = []
            return
        }
        let strings = table.strings
        let hits = (0..<UInt32(strings.count)).map { id in strings.withBytes(of: id) { needle.matches($0) } }
        let isID = needle.text.count >= 2 && needle.text.allSatisfy { $0.isHexDigit }
        let columns = [table.roots, table.titles, table.agents, table.services, table.sources]
        matches = (0..<table.count).map { index in
            columns.contains { hits[Int($0[index])] } || isID && needle.matches(table.ids[index].description)
        }
    }

    var matchCount: Int {
        guard !contentMatches.isEmpty else { return matches.reduce(0) { $1 ? $0 + 1 : $0 } }
        return (0..<table.count).reduce(0) { isMatch($1) ? $0 + 1 : $0 }
    }
}
