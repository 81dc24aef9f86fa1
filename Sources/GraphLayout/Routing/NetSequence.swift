/// The sequence in which the nets of a gap get their tracks, from left to right where they would touch.
struct NetSequence {
    /// A net, or one half of a net that makes a detour.
    struct Step {
        enum Part { case whole, begin, end }
        var net: Int
        var part: Part

        /// The rows that it takes in its track.
        func span(of net: GapRouter.Net, _ links: [GapRouter.Link]) -> ClosedRange<Int> {
            guard let row = net.row, part != .whole else { return net.low...net.high }
            var (low, high) = (row, row)
            for index in net.links {
                let link = links[Int(index)]
                let end = part == .begin ? link.fromRow : link.toRow
                low = min(low, end)
                high = max(high, end)
            }
            return low...high
        }
    }

    /// With the rows of their detours, after `steps`.
    private(set) var nets: [GapRouter.Net]
    private let links: [GapRouter.Link]
    private let lanes: Range<Int>
    /// Rows where one port leaves and another enters: nets at the first come before nets at the second.
    private var shared: [Int: Int32] = [:]
    private var netsBefore: [[Int32]] = []
    private var netsAfter: [[Int32]] = []
    private var missingNets: [Int32] = []
    /// Of each net, the shared rows that it waits for, and those that wait for it.
    private var rowsBefore: [[Int32]] = []
    private var rowsAfter: [[Int32]] = []
    private var missingRows: [Int32] = []
    private var rowNumbers: [Int] = []
    /// Of each shared row, the first track behind those where nets turn off.
    private var leastTracks: [Int] = []
    private var taken: Set<Int> = []

    /// `lanes` are rows that are not free for detours.
    init(links: [GapRouter.Link], nets: [GapRouter.Net], lanes: Range<Int>) {
        self.links = links
        self.nets = nets
        self.lanes = lanes
        findSharedRows()
    }

    private mutating func findSharedRows() {
        let bent = links.filter { $0.net >= 0 }
        let leaving = Set(bent.map(\.fromRow))
        for row in Set(bent.map(\.toRow)).intersection(leaving).sorted() {
            shared[row] = Int32(rowNumbers.count)
            rowNumbers.append(row)
        }
        rowsBefore = [[Int32]](repeating: [], count: nets.count)
        rowsAfter = rowsBefore
        leastTracks = [Int](repeating: 0, count: rowNumbers.count)
        netsBefore = [[Int32]](repeating: [], count: rowNumbers.count)
        netsAfter = netsBefore
        guard !rowNumbers.isEmpty else {
            missingRows = [Int32](repeating: 0, count: nets.count)
            return
        }
        for (index, net) in nets.enumerated() {
            let own = net.links.map { links[Int($0)] }
            rowsAfter[index] = Set(own.compactMap { shared[$0.fromRow] }).sorted()
            rowsBefore[index] = Set(own.compactMap { shared[$0.toRow] }).sorted()
            for row in rowsAfter[index] { netsBefore[Int(row)].append(Int32(index)) }
            for row in rowsBefore[index] { netsAfter[Int(row)].append(Int32(index)) }
        }
        missingRows = rowsBefore.map { Int32($0.count) }
        missingNets = netsBefore.map { Int32($0.count) }
    }

    /// All nets, so that no two lines run on one another.
    mutating func steps() -> [Step] {
        let ranks = preferredRanks()
        var ready = IndexHeap()
        var isDone = [Bool](repeating: false, count: nets.count)
        var steps: [Step] = []
        for net in nets.indices where missingRows[net] == 0 { ready.push(ranks[net]) }
        let byRank = inverse(ranks)
        var nextStuck = 0
        while true {
            while let rank = ready.pop() {
                let net = Int(byRank[Int(rank)])
                isDone[net] = true
                if nets[net].row == nil {
                    steps.append(Step(net: net, part: .whole))
                    release(net, ranks, &ready)
                } else {
                    steps.append(Step(net: net, part: .end))
                }
            }
            while nextStuck < byRank.count, isDone[Int(byRank[nextStuck])] { nextStuck += 1 }
            guard nextStuck < byRank.count else { return steps }
            let net = inCircle(from: Int(byRank[nextStuck]), isDone)
            nets[net].row = freeRow(for: net)
            steps.append(Step(net: net, part: .begin))
            release(net, ranks, &ready)
        }
    }

    /// The first track where a net may come in, when all that it waits for were put.
    func least(for net: Int) -> Int {
        rowsBefore[net].reduce(0) { max($0, leastTracks[Int($1)]) }
    }

    /// The net turns off here.
    mutating func put(_ net: Int, on track: Int) {
        for row in rowsAfter[net] { leastTracks[Int(row)] = max(leastTracks[Int(row)], track + 1) }
    }

    /// Lets those go on that waited for a net to turn off.
    private mutating func release(_ net: Int, _ ranks: [Int32], _ ready: inout IndexHeap) {
        for row in rowsAfter[net] {
            missingNets[Int(row)] -= 1
            guard missingNets[Int(row)] == 0 else { continue }
            for waiting in netsAfter[Int(row)] {
                missingRows[Int(waiting)] -= 1
                if missingRows[Int(waiting)] == 0 { ready.push(ranks[Int(waiting)]) }
            }
        }
    }

    /// A net that waits for itself by way of others, and has no detour yet.
    private func inCircle(from start: Int, _ isDone: [Bool]) -> Int {
        var seen: Set<Int> = []
        var net = start
        while seen.insert(net).inserted {
            guard let row = rowsBefore[net].first(where: { missingNets[Int($0)] > 0 }),
                let next = netsBefore[Int(row)].first(where: { !isDone[Int($0)] && nets[Int($0)].row == nil })
            else { break }
            net = Int(next)
        }
        return net
    }

    /// The row nearest to where the net is stuck that no line of the gap uses.
    private mutating func freeRow(for net: Int) -> Int {
        if taken.isEmpty { for link in links { taken.formUnion([link.fromRow, link.toRow]) } }
        let stuck = rowsBefore[net].first { missingNets[Int($0)] > 0 }.map { rowNumbers[Int($0)] } ?? nets[net].low
        // Towards where it comes from first.
        let side = nets[net].slope > 0 ? -1 : 1
        var distance = 1
        while true {
            for row in [stuck + side * distance, stuck - side * distance]
            where row >= 0 && !lanes.contains(row) && taken.insert(row).inserted {
                return row
            }
            distance += 1
        }
    }

    private func inverse(_ ranks: [Int32]) -> [Int32] {
        var inverse = ranks
        for (index, rank) in ranks.enumerated() { inverse[Int(rank)] = Int32(index) }
        return inverse
    }

    /// Which net rather comes first. Lines that go down cross least when the lowest turns first, those that go up when
    /// the highest does.
    private func preferredRanks() -> [Int32] {
        func key(_ index: Int) -> (Int, Int, Int) {
            let net = nets[index]
            let link = links[Int(net.links[0])]
            return net.slope > 0 ? (0, -link.fromRow, -link.toRow) : (1, link.fromRow, link.toRow)
        }
        let keys = nets.indices.map(key)
        let sorted = nets.indices.sorted {
            (keys[$0].0, keys[$0].1, keys[$0].2, $0) < (keys[$1].0, keys[$1].1, keys[$1].2, $1)
        }
        let improved = NetExchange(links: links, nets: nets).improve(sorted)
        var ranks = [Int32](repeating: 0, count: nets.count)
        for (rank, index) in improved.enumerated() { ranks[index] = Int32(rank) }
        return ranks
    }
}
