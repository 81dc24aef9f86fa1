/// What the rewards of one agent, day, model … come to.
package struct RewardGroup: Sendable, Equatable {
    /// So many of the last ones stand in a group's sparkline.
    package static let recentCount = 40
    package static let binCount = 8

    package var name: String
    package var count: Int
    package var mean: Double
    /// The last ones, the newest last.
    package var recent: [Float]
    /// How many lie in each eighth from 0 to 1.
    package var bins: [Int]
    /// The mean of the newer half less that of the older; nothing of a single one.
    package var trend: Double?
}
