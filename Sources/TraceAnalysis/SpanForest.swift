import TraceModel

/// The spans of a trace as linked lists of siblings, on the way from a table to a `SpanTree`.
///
/// Numbers below the count of spans are spans; those above are stand-ins and groups made here. Everything is linear in
/// the number of spans, nothing is recursive, and any parents are taken: unknown, in circles, or a span its own.
struct SpanForest {
    private(set) var firstChild: [Int32]
    private(set) var nextSibling: [Int32]
    private(set) var firstTop: Int32 = -1
    /// What the numbers from `table.count` on are, and the first span below each.
    private(set) var made: [(kind: SpanTree.Kind, span: Int32)] = []

    private static let none: Int32 = -1
    private static let orphan: Int32 = -2
    private static let circle: Int32 = -3

    init(_ table: SpanTable) {
        firstChild = Array(repeating: Self.none, count: table.count)
        nextSibling = firstChild
        var parents = Self.parents(in: table)
        Self.cutCircles(&parents)
        link(parents, table)
        group(table)
    }

    /// The position of each span's parent, `none` for a root, `orphan` where the parent is not there.
    private static func parents(in table: SpanTable) -> [Int32] {
        var size = 16
        while size < table.count * 2 { size *= 2 }
        let shift = UInt64(64 - size.trailingZeroBitCount)
        var slots = [Int32](repeating: none, count: size)
        func slot(_ id: SpanID) -> Int { Int(truncatingIfNeeded: (id.value &* 0x9E37_79B9_7F4A_7C15) >> shift) }
        for (index, id) in table.ids.enumerated() {
            var at = slot(id)
            while slots[at] >= 0 { at = (at + 1) & (size - 1) }
            slots[at] = Int32(index)
        }
        return table.parents.map { parent in
            guard !parent.isZero else { return none }
            var at = slot(parent)
            while slots[at] >= 0 {
                if table.ids[Int(slots[at])] == parent { return slots[at] }
                at = (at + 1) & (size - 1)
            }
            return orphan
        }
    }

    /// Takes the earliest span of each circle out of it.
    private static func cutCircles(_ parents: inout [Int32]) {
        var walks = [Int32](repeating: 0, count: parents.count)
        for first in parents.indices where walks[first] == 0 {
            let walk = Int32(first) + 1
            var at = Int32(first)
            while at >= 0, walks[Int(at)] == 0 {
                walks[Int(at)] = walk
                at = parents[Int(at)]
            }
            guard at >= 0, walks[Int(at)] == walk else { continue }
            var earliest = at
            var member = parents[Int(at)]
            while member != at {
                earliest = min(earliest, member)
                member = parents[Int(member)]
            }
            parents[Int(earliest)] = circle
        }
    }

    /// From the last span to the first, so that each list comes out in the table's order.
    private mutating func link(_ parents: [Int32], _ table: SpanTable) {
        var standIns: [SpanID: Int32] = [:]
        for (index, parent) in parents.enumerated() where parent == Self.orphan {
            let id = table.parents[index]
            if standIns[id] == nil { standIns[id] = make(.missing, span: Int32(index)) }
        }
        for index in parents.indices.reversed() {
            let span = Int32(index)
            switch parents[index] {
            case Self.none:
                prependTop(span)
            case Self.orphan:
                guard let standIn = standIns[table.parents[index]] else { continue }
                prepend(span, to: standIn)
                if made[Int(standIn) - table.count].span == span { prependTop(standIn) }
            case Self.circle:
                let standIn = make(.cycle, span: span)
                prepend(span, to: standIn)
                prependTop(standIn)
            case let parent:
                prepend(span, to: parent)
            }
        }
    }

    /// Puts a group above each run of siblings with one name.
    private mutating func group(_ table: SpanTable) {
        for parent in firstChild.indices where firstChild[parent] >= 0 {
            var before = Self.none
            var first = firstChild[parent]
            while first >= 0 {
                var last = first
                var count = 1
                while let next = sameName(after: last, table) {
                    last = next
                    count += 1
                }
                var head = first
                let after = nextSibling[Int(last)]
                if count >= SpanTree.groupSize, !(before < 0 && after < 0 && isMade(parent, table)) {
                    head = make(.group, span: first)
                    firstChild[Int(head)] = first
                    nextSibling[Int(last)] = Self.none
                    nextSibling[Int(head)] = after
                    if before < 0 { firstChild[parent] = head } else { nextSibling[Int(before)] = head }
                    before = head
                } else {
                    before = last
                }
                first = after
            }
        }
    }

    private func isMade(_ node: Int, _ table: SpanTable) -> Bool { node >= table.count }

    private func sameName(after span: Int32, _ table: SpanTable) -> Int32? {
        let next = nextSibling[Int(span)]
        guard next >= 0, table.names[Int(next)] == table.names[Int(span)] else { return nil }
        return next
    }

    private mutating func make(_ kind: SpanTree.Kind, span: Int32) -> Int32 {
        made.append((kind, span))
        firstChild.append(Self.none)
        nextSibling.append(Self.none)
        return Int32(firstChild.count - 1)
    }

    private mutating func prepend(_ child: Int32, to parent: Int32) {
        nextSibling[Int(child)] = firstChild[Int(parent)]
        firstChild[Int(parent)] = child
    }

    private mutating func prependTop(_ node: Int32) {
        nextSibling[Int(node)] = firstTop
        firstTop = node
    }
}
