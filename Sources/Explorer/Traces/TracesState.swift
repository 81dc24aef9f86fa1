package import TraceAnalysis
package import TraceModel
package import TraceQuery
package import TraceStore

/// The list of traces: what the store knows, in the order asked for, and where the cursor is.
package struct TracesState: Sendable {
    package internal(set) var store = StoreState()
    /// Positions in the table of what is shown, from the first row to the last. May lag behind the table while sorting runs.
    package private(set) var order: [UInt32] = []
    /// The same of all traces.
    private var wholeOrder: [UInt32] = []
    package private(set) var filter: TraceQuery?
    package internal(set) var sorting = TraceOrder.initial
    /// Of the newest sort asked for; an older answer is dropped.
    package internal(set) var sortGeneration = 0
    package internal(set) var cursor = 0
    package internal(set) var top = 0
    package internal(set) var rate = TraceRate.empty
    package internal(set) var marks: [Character: TraceID] = [:]
    /// Position in the table of the trace that the walk from the slowest on has come to.
    package internal(set) var slowest: Int?
    /// By position in the table: rows whose own text matches, and rows with a span that does.
    package internal(set) var matches: [Bool] = []
    package internal(set) var contentMatches: Set<TraceID> = []
    /// What the filter says of each trace of the table; nothing where there is no filter.
    private var isShown: [Bool]?
    /// The cursor follows the first row until somebody moves it.
    package internal(set) var isUntouched = true

    package init() {}

    package var table: TraceTable { store.traces }

    /// The position in the table of a row.
    package func index(atRow row: Int) -> Int? {
        order.indices.contains(row) ? Int(order[row]) : nil
    }

    package var selected: Int? { index(atRow: cursor) }

    package func isMatch(_ index: Int) -> Bool {
        matches.indices.contains(index) && matches[index]
            || !contentMatches.isEmpty && contentMatches.contains(table.ids[index])
    }

    mutating func move(toRow row: Int) {
        cursor = max(0, min(row, order.count - 1))
        isUntouched = false
    }

    mutating func scroll(height: Int) {
        guard height > 0 else { return }
        let margin = min(2, (height - 1) / 2)
        top = max(top, cursor + margin + 1 - height)
        top = min(top, cursor - margin)
        top = max(0, min(top, order.count - height))
    }

    /// Takes a new order; the cursor stays on its trace, and on its line of the screen.
    mutating func take(_ order: [UInt32]) {
        wholeOrder = order
        arrange()
    }

    mutating func filter(by query: TraceQuery?) {
        filter = query
        isShown = query?.matches(table)
        arrange()
    }

    /// Works out what is shown.
    private mutating func arrange() {
        let held = isUntouched ? nil : selected
        let offset = cursor - top
        if let isShown { order = wholeOrder.filter { isShown[Int($0)] } } else { order = wholeOrder }
        if let held, let row = order.firstIndex(of: UInt32(held)) {
            cursor = row
            top = max(0, row - offset)
        } else {
            cursor = max(0, min(cursor, order.count - 1))
        }
    }

    /// Takes what the store knows now. Until the sorted order comes, new traces stand at the end.
    mutating func take(_ state: StoreState) {
        store = state
        isShown = filter?.matches(table)
        if wholeOrder.count < table.count {
            wholeOrder.append(contentsOf: UInt32(wholeOrder.count)..<UInt32(table.count))
        }
        arrange()
        rate = TraceRate(table)
    }

    /// Row of the next trace for which `holds`, counted from the cursor and around the end.
    func row(after row: Int, forward: Bool, where holds: (Int) -> Bool) -> Int? {
        guard !order.isEmpty else { return nil }
        for step in 1...order.count {
            let at = (row + (forward ? step : order.count - step)) % order.count
            if holds(Int(order[at])) { return at }
        }
        return nil
    }
}

extension TracesState {
    /// Walks the traces from the slowest on, or back; each step is one pass, with no sorting.
    mutating func moveAlongSlowest(forward: Bool) {
        func rank(_ row: Int) -> (Int64, Int) { (table.durations[Int(order[row])], -row) }
        let last = slowest.flatMap { held in order.firstIndex(of: UInt32(held)) }.map(rank)
        var best: Int?
        for row in order.indices {
            if let last, forward ? rank(row) >= last : rank(row) <= last { continue }
            if let held = best, forward ? rank(row) <= rank(held) : rank(row) >= rank(held) { continue }
            best = row
        }
        guard let best, forward || last != nil else { return }
        slowest = Int(order[best])
        move(toRow: best)
    }

    /// Gives traces other rewards, or none: of one by a look at the ids, of many in one pass over them.
    mutating func setRewards(_ values: [TraceID: Double?]) {
        let positions: [Int]
        if values.count == 1, let trace = values.keys.first {
            positions = table.ids.firstIndex(of: trace).map { [$0] } ?? []
        } else {
            positions = table.ids.indices.filter { values[table.ids[$0]] != nil }
        }
        for position in positions {
            let value = values[table.ids[position]] ?? nil
            store.traces.rewards[position] = value.map { Float($0) } ?? .nan
        }
    }
}

extension TraceOrder {
    /// The order that a sorting command leads to.
    func moved(_ id: Command.ID) -> TraceOrder {
        if id == .invert { return TraceOrder(column: column, isDescending: !isDescending) }
        let columns = Column.allCases
        let at = columns.firstIndex(of: column) ?? 0
        let next = columns[(at + (id == .left ? columns.count - 1 : 1)) % columns.count]
        return TraceOrder(column: next, isDescending: next != .agent && next != .root)
    }
}
