/// Counts where lines along the layers cross tracks of a gap that they do not turn in.
struct GapCrossings {
    /// A line along a row, with the tracks it runs between, both excluded.
    private struct Line {
        var row: Int
        var after: Int
        var before: Int
        /// Tracks within that it does turn in.
        var own: Int
    }

    private let trackCount: Int
    private var lines: [Line] = []
    private var spans: [(low: Int, high: Int, track: Int)] = []

    init(links: [GapRouter.Link], nets: [GapRouter.Net], trackCount: Int) {
        self.trackCount = trackCount
        guard trackCount > 0 else { return }
        for (index, net) in nets.enumerated() {
            for part in [NetSequence.Step.Part.begin, .end] {
                let span = NetSequence.Step(net: index, part: net.row == nil ? .whole : part).span(of: net, links)
                spans.append((span.lowerBound, span.upperBound, part == .begin ? net.first : net.second))
                if net.row == nil { break }
            }
            if let row = net.row {
                lines.append(Line(row: row, after: net.first, before: net.second, own: 0))
            }
        }
        addPorts(links, nets)
    }

    /// A port's line reaches to the last track it turns in, or to the first it comes from; all the way, if it also goes
    /// straight.
    private mutating func addPorts(_ links: [GapRouter.Link], _ nets: [GapRouter.Net]) {
        var straight: Set<Int> = []
        for link in links where link.isStraight { straight.insert(link.fromRow) }
        var leaving: [Int: Set<Int>] = [:]
        var entering: [Int: Set<Int>] = [:]
        for link in links where link.net >= 0 {
            leaving[link.fromRow, default: []].insert(nets[link.net].first)
            entering[link.toRow, default: []].insert(nets[link.net].second)
        }
        for row in straight {
            let own = (leaving[row]?.count ?? 0) + (entering[row]?.count ?? 0)
            lines.append(Line(row: row, after: -1, before: trackCount, own: own))
        }
        for (row, tracks) in leaving where !straight.contains(row) {
            lines.append(Line(row: row, after: -1, before: tracks.max() ?? 0, own: tracks.count - 1))
        }
        for (row, tracks) in entering where !straight.contains(row) {
            lines.append(Line(row: row, after: tracks.min() ?? 0, before: trackCount, own: tracks.count - 1))
        }
    }

    func count() -> Int {
        guard trackCount > 0 else { return 0 }
        var open = PlaceCounter()
        open.clear(trackCount)
        let starting = spans.sorted { $0.low < $1.low }
        let ending = spans.sorted { $0.high < $1.high }
        var (begun, ended, total) = (0, 0, 0)
        for line in lines.sorted(by: { $0.row < $1.row }) {
            while begun < starting.count, starting[begun].low <= line.row {
                open.add(Int32(starting[begun].track))
                begun += 1
            }
            while ended < ending.count, ending[ended].high < line.row {
                open.add(Int32(ending[ended].track), -1)
                ended += 1
            }
            guard line.before > line.after + 1 else { continue }
            let within = open.countBelow(Int32(line.before)) - open.countBelow(Int32(line.after + 1))
            total += max(0, within - line.own)
        }
        return total
    }
}
