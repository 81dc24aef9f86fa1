import TraceModel

extension SpanTree {
    /// Gives the span at a position of the table another reward, or none.
    package mutating func setReward(_ reward: Float?, at position: Int) {
        table.rewards[Int32(position)] = reward
    }

    /// The tree as somebody is to see it who must not know what others judged.
    package var withoutRewards: SpanTree {
        var tree = self
        tree.table.rewards = [:]
        return tree
    }
}
