/// Betters the order of a gap's nets by their crossings: each goes to the place before or behind others where it crosses
/// least. Only where there are few enough to look at every two.
struct NetExchange {
    private static let most = 96
    private let count: Int
    /// Crossings of two nets when the first has the lower track.
    private var crossings: [Int32] = []

    init(links: [GapRouter.Link], nets: [GapRouter.Net]) {
        count = nets.count
        guard count > 1, count <= Self.most else { return }
        let sources = nets.map { net in Set(net.links.map { links[Int($0)].fromRow }).sorted() }
        let targets = nets.map { net in Set(net.links.map { links[Int($0)].toRow }).sorted() }
        crossings = [Int32](repeating: 0, count: count * count)
        for first in 0..<count {
            for second in 0..<count where first != second {
                // The first goes on to its targets through the second's track, the second comes through the first's.
                let onward = Self.number(targets[first], within: nets[second])
                let coming = Self.number(sources[second], within: nets[first])
                crossings[first * count + second] = Int32(onward + coming)
            }
        }
    }

    private static func number(_ rows: [Int], within net: GapRouter.Net) -> Int {
        rows.count { $0 >= net.low && $0 <= net.high }
    }

    /// The nets in a better order, or as they were.
    func improve(_ order: [Int]) -> [Int] {
        guard !crossings.isEmpty else { return order }
        var order = order
        for _ in 0..<4 {
            var hasMoved = false
            for net in 0..<count {
                guard let place = order.firstIndex(of: net) else { continue }
                var (best, bestGain, gain) = (place, 0, 0)
                for other in (0..<place).reversed() {
                    gain += gained(net, before: order[other])
                    if gain > bestGain { (best, bestGain) = (other, gain) }
                }
                gain = 0
                for other in place + 1..<max(place + 1, count) {
                    gain -= gained(net, before: order[other])
                    if gain > bestGain { (best, bestGain) = (other, gain) }
                }
                guard bestGain > 0 else { continue }
                order.remove(at: place)
                order.insert(net, at: best)
                hasMoved = true
            }
            if !hasMoved { break }
        }
        return order
    }

    /// How many crossings less there are when the net is before the other than when it is behind it.
    private func gained(_ net: Int, before other: Int) -> Int {
        Int(crossings[other * count + net] - crossings[net * count + other])
    }
}
