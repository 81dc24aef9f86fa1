/// Indices of a list, grouped by the key that each has.
struct Groups {
    private var starts: [Int32]
    private var indices: [Int32]

    /// Keys are from 0 up to `count`; what has a key below 0 is in no group.
    init(_ keys: [Int32], count: Int) {
        starts = [Int32](repeating: 0, count: count + 1)
        for key in keys where key >= 0 { starts[Int(key) + 1] += 1 }
        for key in 0..<count { starts[key + 1] += starts[key] }
        indices = [Int32](repeating: 0, count: Int(starts[count]))
        var next = starts
        for (index, key) in keys.enumerated() where key >= 0 {
            indices[Int(next[Int(key)])] = Int32(truncatingIfNeeded: index)
            next[Int(key)] += 1
        }
    }

    /// The indices with this key, ascending.
    subscript(key: Int) -> ArraySlice<Int32> { indices[range(key)] }

    /// Where the group is among all groups.
    func range(_ key: Int) -> Range<Int> { Int(starts[key])..<Int(starts[key + 1]) }

    /// The index at a place within `range`.
    func index(at place: Int) -> Int32 { indices[place] }

    /// The groups with something else in the place of each index.
    func map(_ change: (Int32) -> Int32) -> Groups {
        var groups = self
        for place in indices.indices { groups.indices[place] = change(indices[place]) }
        return groups
    }
}
