/// What the judgements that came with its spans come to, for each trace.
struct RewardMeans: Sendable {
    /// What is known of an index: how many rewards were counted, and how many rows did not count.
    private struct Known: Equatable {
        var rewards = 0
        var superseded = 0
    }

    private var known: [Known] = []
    private var sums: [UInt32: (sum: Double, count: Double)] = [:]
    /// How often they changed.
    private(set) var version: UInt32 = 0

    /// Gives each trace the mean of the rewards of the spans that count.
    mutating func take(_ indexes: [SpanIndex], into rewards: inout [Float]) {
        let now = indexes.map { Known(rewards: $0.rewards.count, superseded: $0.superseded.count) }
        let before = known + Array(repeating: Known(), count: now.count - known.count)
        known = now
        // Where there never was a reward, nothing that comes or goes changes one.
        guard now != before, !sums.isEmpty || now.contains(where: { $0.rewards > 0 }) else { return }
        version += 1
        var changed: Set<UInt32> = []
        if zip(now, before).allSatisfy({ $0.superseded == $1.superseded }) {
            for (index, before) in zip(indexes, before) { add(index, from: before.rewards, &changed) }
        } else {
            changed = Set(sums.keys)
            sums = [:]
            for index in indexes { add(index, from: 0, &changed) }
        }
        for trace in changed { rewards[Int(trace)] = sums[trace].map { Float($0.sum / $0.count) } ?? .nan }
    }

    private mutating func add(_ index: SpanIndex, from first: Int, _ changed: inout Set<UInt32>) {
        index.forEachReward(from: first) { reward in
            let trace = index[Int(reward.row)].trace
            sums[trace, default: (0, 0)].sum += Double(reward.value)
            sums[trace, default: (0, 0)].count += 1
            changed.insert(trace)
        }
    }
}
