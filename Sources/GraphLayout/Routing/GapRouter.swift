/// Leads the lines through the gap between two layers.
///
/// Lines that leave the same port, or enter the same one, are a net: it has one column of the gap (its track), which
/// every line of it turns in. Lines that meet nothing go straight on. No track holds two nets side by side that would
/// touch. Where a line leaves in the same row as another enters, the first has to turn off before the second comes in;
/// when nets wait for each other in a circle, one of them makes a detour: two tracks, and a free row between them.
struct GapRouter {
    /// How a segment goes.
    struct Turn {
        /// The tracks where it turns; the same for most. -1 if it goes straight.
        var first: Int32 = -1
        var second: Int32 = -1
        /// The row between the tracks of a detour.
        var row: Int32 = 0
    }

    struct Link {
        var segment: Int
        var from: Int
        var to: Int
        var fromRow: Int
        var toRow: Int
        var net = -1

        var isStraight: Bool { fromRow == toRow }
    }

    struct Net {
        var low = Int.max
        var high = Int.min
        /// Negative: it rather goes up.
        var slope = 0
        var links: [Int32] = []
        /// The row of a detour.
        var row: Int?
        var first = -1
        var second = -1

        mutating func cover(_ row: Int) {
            low = min(low, row)
            high = max(high, row)
        }
    }

    /// One for each segment of the graph.
    private(set) var turns: [Turn]
    /// Of each gap.
    private(set) var trackCounts: [Int]
    /// Of all gaps.
    private(set) var crossings = 0
    /// Behind all rows; detours may have gone beyond what it was.
    private(set) var extent: Int

    private let graph: LayerGraph
    private let placement: CrossPlacement
    private var leaving: [Int32]
    private var entering: [Int32]
    private var outNets: [Int32]
    private var inNets: [Int32]

    init(_ graph: LayerGraph, _ placement: CrossPlacement) {
        self.graph = graph
        self.placement = placement
        extent = placement.extent
        turns = [Turn](repeating: Turn(), count: graph.segments.count)
        trackCounts = [Int](repeating: 0, count: graph.layerCount)
        leaving = [Int32](repeating: 0, count: graph.ports.count)
        entering = leaving
        outNets = [Int32](repeating: -1, count: graph.ports.count)
        inNets = outNets
        let gaps = Groups(graph.segments.map(\.gap), count: graph.layerCount)
        for gap in 0..<graph.layerCount { route(gap, gaps[gap]) }
    }

    private mutating func route(_ gap: Int, _ segments: ArraySlice<Int32>) {
        var links: [Link] = []
        links.reserveCapacity(segments.count)
        for index in segments {
            let segment = graph.segments[Int(index)]
            links.append(
                Link(
                    segment: Int(index), from: Int(segment.from), to: Int(segment.to),
                    fromRow: placement.row(segment.from), toRow: placement.row(segment.to)))
        }
        var nets = makeNets(&links)
        var sequence = NetSequence(links: links, nets: nets, lanes: placement.laneRows)
        let steps = sequence.steps()
        nets = sequence.nets
        extent = max(extent, (nets.compactMap(\.row).max() ?? 0) + 1)

        let spans = steps.map { $0.span(of: nets[$0.net], links) }
        var tracks = TrackTable(spans)
        for (step, span) in zip(steps, spans) {
            var least = step.part == .begin ? 0 : sequence.least(for: step.net)
            if step.part == .end { least = max(least, nets[step.net].first + 1) }
            let track = tracks.claim(span, from: least)
            if step.part != .end {
                nets[step.net].first = track
                sequence.put(step.net, on: track)
            }
            if step.part != .begin { nets[step.net].second = track }
        }
        trackCounts[gap] = tracks.count
        for link in links where link.net >= 0 {
            let net = nets[link.net]
            turns[link.segment] = Turn(
                first: Int32(net.first), second: Int32(net.second), row: Int32(net.row ?? link.toRow))
        }
        crossings += GapCrossings(links: links, nets: nets, trackCount: trackCounts[gap]).count()
    }

    /// Each bent link goes with the others of its source's port or with those of its target's, whichever are more.
    private mutating func makeNets(_ links: inout [Link]) -> [Net] {
        for link in links where !link.isStraight {
            leaving[link.from] += 1
            entering[link.to] += 1
        }
        var nets: [Net] = []
        for index in links.indices where !links[index].isStraight {
            let link = links[index]
            let isOut = leaving[link.from] >= entering[link.to]
            let known = isOut ? outNets[link.from] : inNets[link.to]
            let net = known >= 0 ? Int(known) : nets.count
            if known < 0 {
                nets.append(Net())
                if isOut { outNets[link.from] = Int32(net) } else { inNets[link.to] = Int32(net) }
            }
            links[index].net = net
            nets[net].links.append(Int32(index))
            nets[net].cover(link.fromRow)
            nets[net].cover(link.toRow)
            nets[net].slope += link.toRow - link.fromRow
        }
        for link in links {
            (leaving[link.from], entering[link.to]) = (0, 0)
            (outNets[link.from], inNets[link.to]) = (-1, -1)
        }
        return nets
    }
}
