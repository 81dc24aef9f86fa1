// Lines of several layers. Those that leave one node run together as far as they can, or those that enter one,
// whichever are more: that is how a person would draw them, and it keeps their number small.
extension LayerGraph {
    private enum Side { case tail, head }

    /// Makes the segments of all arcs.
    mutating func connect() {
        let isLane = lanesNeeded()
        var long: [Int] = []
        var labelled: [UInt64: UInt64] = [:]
        for index in part.arcs.indices {
            let arc = part.arcs[index]
            if span(arc) == 1 {
                paths[index].first = addSegment(arc.tailPort, arc.headPort, gap: ranks[Int(arc.tail)])
            } else if arc.label > 0 {
                connectLabelled(index, number: labelled[arc.ends, default: 0], byLane: isLane[index])
                labelled[arc.ends, default: 0] += 1
            } else {
                long.append(index)
            }
        }
        let portCount = part.nodes.count * 2
        var leaving = [Int32](repeating: 0, count: portCount)
        var entering = leaving
        for index in long {
            leaving[Int(part.arcs[index].tailPort)] += 1
            entering[Int(part.arcs[index].headPort)] += 1
        }
        for byLane in [false, true] {
            var tails = [Int32](repeating: -1, count: part.arcs.count)
            var heads = tails
            for index in long where isLane[index] == byLane {
                let arc = part.arcs[index]
                if leaving[Int(arc.tailPort)] >= entering[Int(arc.headPort)] {
                    tails[index] = arc.tailPort
                } else {
                    heads[index] = arc.headPort
                }
            }
            let byTail = Groups(tails, count: portCount)
            let byHead = Groups(heads, count: portCount)
            for port in 0..<portCount {
                if !byTail[port].isEmpty {
                    if byLane { addLane(byTail[port], at: .tail) } else { addTrunkFromTail(byTail[port]) }
                }
                if !byHead[port].isEmpty {
                    if byLane { addLane(byHead[port], at: .head) } else { addTrunkToHead(byHead[port]) }
                }
            }
        }
    }

    private func span(_ arc: PartGraph.Arc) -> Int { Int(ranks[Int(arc.head)] - ranks[Int(arc.tail)]) }

    /// The arcs that would pass too many layers for all of it to be laid out: the longest, down to where the rest is a
    /// dozen for each node and edge.
    private func lanesNeeded() -> [Bool] {
        var isLane = [Bool](repeating: false, count: part.arcs.count)
        var total = part.arcs.reduce(0) { $0 + span($1) - 1 }
        let limit = 5000 + 12 * (part.nodes.count + part.arcs.count)
        guard total > limit else { return isLane }
        // A lane is of use from three layers on; a shorter one would begin and end in the same gap.
        let byLength = part.arcs.indices.filter { span(part.arcs[$0]) > 3 }
            .sorted { (span(part.arcs[$1]), $0) < (span(part.arcs[$0]), $1) }
        for index in byLength {
            guard total > limit else { break }
            total -= span(part.arcs[index]) - 1
            isLane[index] = true
        }
        return isLane
    }

    private mutating func addSegment(_ from: Int32, _ to: Int32, gap: Int32) -> Int32 {
        segments.append(Segment(from: from, to: to, gap: gap))
        return Int32(segments.count - 1)
    }

    /// A line within a layer, `distance` from the node it is told by.
    private mutating func addLine(_ kind: UInt64, of port: Int32, distance: Int32, rank: Int32) -> Int32 {
        Int32(addItem(key: lineKey(kind, port, distance), rank: rank) * 2)
    }

    private func lineKey(_ kind: UInt64, _ port: Int32, _ distance: Int32) -> UInt64 {
        let number = kind << 40 | UInt64(port & 1) << 32 | UInt64(UInt32(bitPattern: distance))
        return Self.mix(part.keys[Int(port >> 1)], number)
    }

    /// Spreads two numbers over all bits, as SplitMix64 does.
    private static func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var mixed = first &+ (second &+ 1) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    private mutating func addTrunkFromTail(_ group: ArraySlice<Int32>) {
        let port = part.arcs[Int(group[group.startIndex])].tailPort
        let rank = ranks[Int(port >> 1)]
        let reach = group.reduce(rank) { max($0, ranks[Int(part.arcs[Int($1)].head)]) }
        let begin = Int32(segments.count)
        var ends: [Int32] = [port]
        for passed in rank + 1..<reach {
            let line = addLine(1, of: port, distance: passed - rank, rank: passed)
            _ = addSegment(ends[ends.count - 1], line, gap: passed - 1)
            ends.append(line)
        }
        for index in group {
            let arc = part.arcs[Int(index)]
            let passed = ranks[Int(arc.head)] - 1 - rank
            paths[Int(index)].trunk = begin..<begin + passed
            paths[Int(index)].last = addSegment(ends[Int(passed)], arc.headPort, gap: rank + passed)
        }
    }

    private mutating func addTrunkToHead(_ group: ArraySlice<Int32>) {
        let port = part.arcs[Int(group[group.startIndex])].headPort
        let rank = ranks[Int(port >> 1)]
        let reach = group.reduce(rank) { min($0, ranks[Int(part.arcs[Int($1)].tail)]) }
        var lines: [Int32] = []
        for passed in reach + 1..<rank {
            lines.append(addLine(2, of: port, distance: rank - passed, rank: passed))
        }
        let begin = Int32(segments.count)
        for (place, line) in lines.enumerated() {
            let next = place + 1 < lines.count ? lines[place + 1] : port
            _ = addSegment(line, next, gap: reach + 1 + Int32(place))
        }
        let end = Int32(segments.count)
        for index in group {
            let arc = part.arcs[Int(index)]
            let skipped = ranks[Int(arc.tail)] - reach
            paths[Int(index)].first = addSegment(arc.tailPort, lines[Int(skipped)], gap: reach + skipped)
            paths[Int(index)].trunk = begin + skipped..<end
        }
    }

    /// A line of its own, with the label in the middle; or right behind its source, where a lane takes it on.
    /// It is told by its ends, and by the number of such lines before it.
    private mutating func connectLabelled(_ index: Int, number: UInt64, byLane: Bool) {
        let arc = part.arcs[index]
        let (first, last) = (ranks[Int(arc.tail)], ranks[Int(arc.head)])
        let carrier = byLane ? first + 1 : (first + last) / 2
        let begin = Int32(segments.count)
        var end = arc.tailPort
        let own = Self.mix(part.keys[Int(arc.head)], number)
        for passed in first + 1..<(byLane ? first + 2 : last) {
            var key = Self.mix(lineKey(3, arc.tailPort, passed - first), own)
            if passed == carrier { key = ~key }
            let isWide = passed == carrier && direction == .topDown
            let depth = passed != carrier ? 0 : direction == .leftToRight ? arc.label : 1
            let line = Int32(addItem(key: key, rank: passed, depth: depth, breadth: isWide ? arc.label : 1) * 2)
            if passed == carrier { labels[index] = line >> 1 }
            _ = addSegment(end, line, gap: passed - 1)
            end = line
        }
        if byLane {
            let lane = Int32(addItem(key: Self.mix(lineKey(4, arc.tailPort, 0), own), rank: -1) * 2)
            lanes.append((Int(lane >> 1), first + 1...last - 1))
            _ = addSegment(end, lane, gap: first + 1)
            end = lane
        }
        paths[index].trunk = begin..<Int32(segments.count)
        paths[index].last = addSegment(end, arc.headPort, gap: last - 1)
    }

    /// One lane for arcs that have a port in common.
    private mutating func addLane(_ group: ArraySlice<Int32>, at side: Side) {
        let common = part.arcs[Int(group[group.startIndex])]
        let port = side == .tail ? common.tailPort : common.headPort
        let lane = Int32(addItem(key: lineKey(4, port, 0), rank: -1) * 2)
        var gaps = Int32.max...Int32.max
        var shared = Int32(-1)
        for index in group {
            let arc = part.arcs[Int(index)]
            let (first, last) = (ranks[Int(arc.tail)], ranks[Int(arc.head)] - 1)
            gaps = gaps.lowerBound == .max ? first...last : min(gaps.lowerBound, first)...max(gaps.upperBound, last)
            switch side {
            case .tail:
                if shared < 0 { shared = addSegment(port, lane, gap: first) }
                paths[Int(index)].first = shared
                paths[Int(index)].last = addSegment(lane, arc.headPort, gap: last)
            case .head:
                if shared < 0 { shared = addSegment(lane, port, gap: last) }
                paths[Int(index)].first = addSegment(arc.tailPort, lane, gap: first)
                paths[Int(index)].last = shared
            }
        }
        lanes.append((Int(lane >> 1), gaps))
    }
}
