package import TraceModel

/// The entries of a ledger, put together by something that they have in common.
///
/// A few passes over the entries, whatever their number; what a group comes to is told when it is asked for.
package struct RewardSeries: Sendable {
    package let grouping: RewardGrouping
    package let ledger: RewardLedger
    private let table: TraceTable
    /// The numbers of the groups in the order in which they are shown: the largest first; of days, the newest.
    private var order: [Int] = []
    private var names: [RewardKeys.Name] = []
    private var sums: [Double] = []
    /// The sums of the newer halves.
    private var newer: [Double] = []
    /// `RewardGroup.binCount` a group.
    private var bins: [Int32] = []
    /// Where each group's members begin in `members`, and where the last ends.
    private var places: [Int] = [0]
    /// Positions in the ledger, by group, within one by time.
    private var members: [UInt32] = []

    package init() {
        self.init(RewardLedger(), TraceTable(), by: .agent)
    }

    /// `isShown` says of each trace whether it counts; `attributes` has the word by which each trace is put, where the
    /// grouping is by an attribute.
    package init(
        _ ledger: RewardLedger, _ table: TraceTable, by grouping: RewardGrouping, where isShown: [Bool]? = nil,
        attributes: [UInt32: String] = [:]
    ) {
        self.grouping = grouping
        self.ledger = ledger
        self.table = table
        var keys = RewardKeys(grouping, table, attributes)
        let groups = ledger.entries.map { entry in
            isShown?[Int(entry.trace)] == false ? UInt32.max : keys.number(of: entry)
        }
        names = keys.names
        gather(groups)
        let starts = names.indices.map { ledger.entries[Int(members[places[$0 + 1] - 1])].start }
        order = names.indices.sorted { left, right in
            grouping == .day
                ? starts[left] > starts[right]
                : (size(of: left), starts[left], right) > (size(of: right), starts[right], left)
        }
    }

    /// Sorts the entries by group, keeping their order, and adds up what groups come to.
    private mutating func gather(_ groups: [UInt32]) {
        places = Array(repeating: 0, count: names.count + 1)
        for group in groups where group != .max { places[Int(group) + 1] += 1 }
        for group in names.indices { places[group + 1] += places[group] }
        var ends = places
        members = Array(repeating: 0, count: places[names.count])
        sums = Array(repeating: 0, count: names.count)
        newer = sums
        bins = Array(repeating: 0, count: names.count * RewardGroup.binCount)
        for (entry, group) in groups.enumerated() where group != .max {
            let group = Int(group)
            let value = ledger.entries[entry].value
            members[ends[group]] = UInt32(entry)
            // Of an odd number the one in the middle is of neither half.
            let isNewer = ends[group] - places[group] >= (size(of: group) + 1) / 2
            ends[group] += 1
            sums[group] += Double(value)
            if isNewer { newer[group] += Double(value) }
            bins[group * RewardGroup.binCount + Self.bin(of: value)] += 1
        }
    }

    private static func bin(of value: Float) -> Int {
        max(0, min(RewardGroup.binCount - 1, Int(value * Float(RewardGroup.binCount))))
    }

    private func size(of group: Int) -> Int { places[group + 1] - places[group] }

    /// How many groups there are.
    package var count: Int { order.count }

    /// How many entries are in them.
    package var entryCount: Int { members.count }

    package var mean: Double? { members.isEmpty ? nil : sums.reduce(0, +) / Double(members.count) }

    /// How the rewards of all groups are spread.
    package var spread: [Int] {
        (0..<RewardGroup.binCount).map { bin in
            stride(from: bin, to: bins.count, by: RewardGroup.binCount).reduce(0) { $0 + Int(bins[$1]) }
        }
    }

    /// A group by its place in the order shown.
    package subscript(place: Int) -> RewardGroup {
        let group = order[place]
        let count = size(of: group)
        let half = count / 2
        let middle = count % 2 == 0 ? 0 : Double(ledger.entries[Int(members[places[group] + half])].value)
        let olderSum = sums[group] - newer[group] - middle
        let first = group * RewardGroup.binCount
        return RewardGroup(
            name: name(of: place), count: count, mean: sums[group] / Double(count),
            recent: self.members(of: place).suffix(RewardGroup.recentCount).map { ledger.entries[$0].value },
            bins: bins[first..<first + RewardGroup.binCount].map { Int($0) },
            trend: half > 0 ? (newer[group] - olderSum) / Double(half) : nil)
    }

    package func name(of place: Int) -> String {
        let name =
            switch names[order[place]] {
            case .text(let text): text
            case .agent(let id): ledger.names[id]
            case .string(let id): table.strings[id]
            case .day(let day): day < 0 ? "" : CivilDate.text(ofDay: day)
            case .trace(let trace): table.names[trace] == 0 ? title(of: trace) : table.strings[table.names[trace]]
            }
        return name.isEmpty ? "–" : name
    }

    private func title(of trace: Int) -> String {
        let words = [table.roots[trace], table.titles[trace]].map { table.strings[$0] }.filter { !$0.isEmpty }
        return words.isEmpty ? "\(table.ids[trace])" : words.joined(separator: "  ")
    }

    /// The positions in the ledger of a group's entries, oldest first.
    package func members(of place: Int) -> [Int] {
        let group = order[place]
        return members[places[group]..<places[group + 1]].map { Int($0) }
    }

    /// The newest of a group.
    package func latest(of place: Int) -> RewardLedger.Entry {
        ledger.entries[Int(members[places[order[place] + 1] - 1])]
    }

    /// Puts the groups in the order of another series; those that it has not stand last.
    package mutating func arrange(like other: RewardSeries) {
        var places: [String: Int] = [:]
        for place in 0..<other.count { places[other.name(of: place)] = place }
        let ranks = (0..<count).map { places[name(of: $0)] ?? .max }
        order = (0..<count).sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { order[$0] }
    }

    /// The place of the group that is called so.
    package func place(of name: String) -> Int? { order.indices.first { self.name(of: $0) == name } }
}
