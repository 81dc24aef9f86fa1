package import TraceModel

extension SpanTable {
    /// The span before this one that a person would compare it with: of a call of a model the last such call of that name,
    /// else the last step under the same parent, else the last span of that category.
    package func earlier(than position: Int) -> Int? {
        let category = traits[position].category
        func last(where holds: (Int) -> Bool) -> Int? { (0..<position).last(where: holds) }
        if category == .model,
            let same = last(where: { traits[$0].category == category && names[$0] == names[position] })
        {
            return same
        }
        let parent = parents[position]
        if category != .model, !parent.isZero, let sibling = last(where: { parents[$0] == parent }) { return sibling }
        guard category != .other else { return nil }
        return last { traits[$0].category == category }
    }
}
