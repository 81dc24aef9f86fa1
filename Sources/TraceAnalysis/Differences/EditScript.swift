/// The shortest way from one row of things to another, by Myers' algorithm.
package struct EditScript: Sendable, Equatable {
    /// A run: so many of the first row from `old` on, and so many of the second from `new` on. Of a run that is kept both are
    /// equal; of one that is changed either may be empty.
    package struct Run: Sendable, Equatable {
        package var old: Range<Int>
        package var new: Range<Int>
        package var isKept: Bool
    }

    /// By turns kept and changed, from the first to the last.
    package private(set) var runs: [Run] = []

    /// Nothing where more than `limit` things differ: finding the way costs the square of that.
    package init?<Element: Hashable>(from oldThings: [Element], to newThings: [Element], limit: Int = 1000) {
        // Numbers are compared many times faster than what they stand for.
        var numbers: [Element: Int] = [:]
        func number(_ thing: Element) -> Int {
            if let known = numbers[thing] { return known }
            numbers[thing] = numbers.count
            return numbers.count - 1
        }
        let (old, new) = (oldThings.map(number), newThings.map(number))
        var prefix = 0
        while prefix < old.count, prefix < new.count, old[prefix] == new[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < old.count - prefix, suffix < new.count - prefix,
            old[old.count - 1 - suffix] == new[new.count - 1 - suffix]
        {
            suffix += 1
        }
        let oldEnd = old.count - suffix
        let newEnd = new.count - suffix
        guard let steps = Self.steps(old[prefix..<oldEnd], new[prefix..<newEnd], limit: limit) else { return nil }
        add(prefix, isKept: true)
        var (x, y) = (prefix, prefix)
        for step in steps {
            let changed = (step.x - x, step.y - y)
            if changed != (0, 0) {
                runs.append(Run(old: x..<step.x, new: y..<step.y, isKept: false))
            }
            (x, y) = (step.x, step.y)
            add(step.length, isKept: true)
            x += step.length
            y += step.length
        }
        if x < oldEnd || y < newEnd { runs.append(Run(old: x..<oldEnd, new: y..<newEnd, isKept: false)) }
        add(suffix, isKept: true)
    }

    private mutating func add(_ count: Int, isKept: Bool) {
        guard count > 0 else { return }
        let old = runs.last?.old.upperBound ?? 0
        let new = runs.last?.new.upperBound ?? 0
        if let last = runs.last, last.isKept {
            runs[runs.count - 1] = Run(
                old: last.old.lowerBound..<old + count, new: last.new.lowerBound..<new + count, isKept: true)
        } else {
            runs.append(Run(old: old..<old + count, new: new..<new + count, isKept: true))
        }
    }

    /// A diagonal: where it begins, and how many things it keeps.
    private struct Step {
        var x: Int
        var y: Int
        var length: Int
    }

    private static func steps(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>, limit: Int) -> [Step]? {
        let (oldCount, newCount) = (old.count, new.count)
        guard oldCount > 0, newCount > 0 else { return [] }
        let most = min(limit, oldCount + newCount)
        // The furthest place on each diagonal after so many edits; `offset` is where diagonal 0 stands.
        let offset = most + 1
        var furthest = [Int](repeating: 0, count: 2 * most + 3)
        var history: [[Int]] = []
        for edits in 0...most {
            history.append(Array(furthest[(offset - edits)...(offset + edits)]))
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let isDown =
                    diagonal == -edits
                    || diagonal != edits && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1]
                var x = isDown ? furthest[offset + diagonal + 1] : furthest[offset + diagonal - 1] + 1
                var y = x - diagonal
                while x < oldCount, y < newCount, y >= 0, old[old.startIndex + x] == new[new.startIndex + y] {
                    x += 1
                    y += 1
                }
                furthest[offset + diagonal] = x
                if x >= oldCount, y >= newCount {
                    return walkBack(history, to: (x, y), from: (old.startIndex, new.startIndex))
                }
            }
        }
        return nil
    }

    /// `history[edits]` has the furthest places after one edit less, on the diagonals from `-edits` to `edits`.
    private static func walkBack(
        _ history: [[Int]], to end: (x: Int, y: Int), from start: (x: Int, y: Int)
    ) -> [Step] {
        var (x, y) = end
        var steps: [Step] = []
        for edits in stride(from: history.count - 1, through: 0, by: -1) {
            let before = history[edits]
            let diagonal = x - y
            func place(_ diagonal: Int) -> Int {
                before.indices.contains(diagonal + edits) ? before[diagonal + edits] : 0
            }
            var (beginX, beginY) = (0, 0)
            if edits > 0 {
                let isDown = diagonal == -edits || diagonal != edits && place(diagonal - 1) < place(diagonal + 1)
                beginX = isDown ? place(diagonal + 1) : place(diagonal - 1) + 1
                beginY = beginX - diagonal
            }
            if x > beginX { steps.append(Step(x: start.x + beginX, y: start.y + beginY, length: x - beginX)) }
            guard edits > 0 else { break }
            let cameDown = diagonal == -edits || diagonal != edits && place(diagonal - 1) < place(diagonal + 1)
            (x, y) = cameDown ? (beginX, beginY - 1) : (beginX - 1, beginY)
        }
        return steps.reversed()
    }
}
