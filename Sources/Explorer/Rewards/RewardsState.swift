package import TraceAnalysis
package import TraceModel
import TraceQuery

/// The rewards of all traces: grouped, one group's sequences, and the steps of the sequence under the cursor.
package struct RewardsState: Sendable {
    /// What the steps of a sequence take below its rule: numbers, own, total, and the line of them all.
    static let panelRows = 4

    /// Of more entries the rows go where their new figures put them: to name a million groups takes too long for a key.
    private static let mostArranged = 100_000

    /// A group whose sequences are shown.
    package struct Opened: Sendable {
        package let name: String
        /// The newest first.
        package internal(set) var entries: [RewardLedger.Entry] = []
        package internal(set) var cursor = 0
        package internal(set) var top = 0
    }

    /// Every reward that stands.
    package private(set) var table = RewardTable()
    /// Other weights of the parts of rewards, that are tried and not written.
    package private(set) var weights: RewardWeights?
    /// What all comes to by those weights; nothing before it is worked out.
    private var weighed: (table: RewardTable, ledger: RewardLedger)?
    /// What they come to, as it is written; `series` may show what is tried.
    package private(set) var ledger = RewardLedger()
    package private(set) var series = RewardSeries()
    package internal(set) var grouping = RewardGrouping.agent
    package internal(set) var cursor = 0
    package internal(set) var top = 0
    package internal(set) var opened: Opened?
    package internal(set) var panel = SequencePanel()
    package internal(set) var whatIf: WhatIf?
    /// The words by which traces are put, of a grouping by an attribute; nothing before they are read.
    package internal(set) var attributes: [UInt32: String]?
    /// The rewards were read once at least.
    package private(set) var isKnown = false
    var isRequested = false
    /// The version of the rewards that were asked for last.
    var version: UInt32?
    /// Something changed while the rewards were on their way.
    var isStale = false
    /// What is shown is not of this ledger, grouping, filter or what-if any more.
    private var isOutdated = true
    private var filter: TraceQuery?

    package init() {}

    /// The entry under the cursor: of a group its newest.
    package var selected: RewardLedger.Entry? {
        if let opened { return opened.entries.indices.contains(opened.cursor) ? opened.entries[opened.cursor] : nil }
        return cursor < series.count ? series.latest(of: cursor) : nil
    }

    package var rowCount: Int { opened?.entries.count ?? series.count }

    package var cursorRow: Int { opened?.cursor ?? cursor }

    mutating func take(_ table: RewardTable, _ ledger: RewardLedger) {
        self.table = table
        self.ledger = ledger
        weighed = nil
        isKnown = true
        isRequested = false
        outdate()
    }

    mutating func outdate() { isOutdated = true }

    /// Tries other weights, or none.
    mutating func weigh(by weights: RewardWeights?) {
        guard weights != self.weights else { return }
        self.weights = weights
        weighed = nil
        outdate()
    }

    /// Every reward as it is shown: as it is tried, else as it stands.
    package var shownTable: RewardTable { weighed?.table ?? table }

    mutating func group(by grouping: RewardGrouping) {
        self.grouping = grouping
        attributes = nil
        opened = nil
        whatIf = nil
        cursor = 0
        top = 0
        outdate()
    }

    /// Works out what is shown, where that is not what it should be. The cursors stay on their group and sequence.
    mutating func refresh(_ traces: TraceTable, filter: TraceQuery?) {
        guard isOutdated || self.filter != filter else { return }
        isOutdated = false
        self.filter = filter
        if let weights, weighed == nil {
            let table = weights.applied(to: table)
            weighed = (table, RewardLedger(table, traces))
        }
        let held = opened == nil && cursor < series.count && cursor > 0 ? series.name(of: cursor) : nil
        let heldEntry = (opened?.cursor ?? 0) > 0 ? selected : nil
        let isShown = filter?.matches(traces)
        func grouped(_ ledger: RewardLedger) -> RewardSeries {
            RewardSeries(ledger, traces, by: grouping, where: isShown, attributes: attributes ?? [:])
        }
        series = grouped(shownLedger(traces))
        // While something is tried, the rows stay where they are: it is their figures that move.
        if whatIf != nil || weights != nil, ledger.entries.count <= Self.mostArranged {
            series.arrange(like: grouped(ledger))
        }
        if let held, let place = series.place(of: held) { cursor = place }
        cursor = max(0, min(cursor, series.count - 1))
        guard let name = opened?.name else { return }
        guard let place = series.place(of: name) else {
            opened = nil
            return
        }
        cursor = place
        open(place)
        let row = opened?.entries.firstIndex { $0.trace == heldEntry?.trace && $0.agent == heldEntry?.agent }
        opened?.cursor = row ?? 0
    }

    private func shownLedger(_ traces: TraceTable) -> RewardLedger {
        let ledger = weighed?.ledger ?? ledger
        guard let place = panelPlace, let rows = triedRows(of: place) else { return ledger }
        return ledger.replacing(UInt32(place), with: RewardLedger(rows, traces))
    }

    /// The position in the trace table of the panel's trace.
    var panelPlace: Int?

    mutating func open(_ place: Int) {
        var opened = Opened(name: series.name(of: place))
        opened.entries = series.members(of: place).reversed().map { series.ledger.entries[$0] }
        opened.top = self.opened?.top ?? 0
        self.opened = opened
    }

    /// Goes back from a group's sequences to the groups. Whether there was anything to leave.
    mutating func leave() -> Bool {
        guard opened != nil else { return false }
        opened = nil
        return true
    }

    mutating func move(toRow row: Int) {
        let row = max(0, min(row, rowCount - 1))
        guard row != cursorRow else { return }
        if whatIf != nil {
            whatIf = nil
            outdate()
        }
        if opened != nil { opened?.cursor = row } else { cursor = row }
    }

    mutating func scroll(height: Int) {
        guard height > 0 else { return }
        func scrolled(_ top: Int, _ cursor: Int, _ count: Int) -> Int {
            max(0, min(min(max(top, cursor + 1 - height), cursor), count - height))
        }
        top = scrolled(top, cursor, series.count)
        if let opened { self.opened?.top = scrolled(opened.top, opened.cursor, opened.entries.count) }
    }
}
