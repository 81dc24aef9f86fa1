/// A reward whose parts are to count otherwise than they did, and what it comes to then.
package struct RewardReweighing: Sendable, Hashable {
    package var record: RewardID
    package var dimensions: [RewardRecord.Dimension]
    package var value: Double

    package init(record: RewardID, dimensions: [RewardRecord.Dimension], value: Double) {
        self.record = record
        self.dimensions = dimensions
        self.value = value
    }
}
