package import TraceModel
package import TraceQuery
package import TraceStore

/// Spans as they arrive: those that run on top, the newest at the foot.
package struct LiveState: Sendable {
    /// So many spans are kept in sight; older ones are in their trees.
    static let kept = 5_000

    private struct Key: Hashable {
        var trace: TraceID
        var span: SpanID
    }

    /// In the order of arrival; a span that came again stands where it first came.
    package private(set) var entries: [SpanFeed.Entry] = []
    private var positions: [Key: Int] = [:]
    /// Positions in `entries` from the first row to the last: the running ones, then the rest.
    package private(set) var rows: [Int] = []
    /// How many rows on top run.
    package private(set) var runningCount = 0
    package internal(set) var cursor = 0
    /// The first row shown of those below the running ones.
    package internal(set) var top = 0
    /// The cursor stays at the foot until somebody moves it, and again once it is back there.
    package private(set) var isAtFoot = true
    var feedCursor: SpanFeed.Cursor?
    var isRequested = false
    /// Something came while the last feed was on its way.
    var isStale = false
    var filter: TraceQuery?

    package init() {}

    package var selected: SpanFeed.Entry? {
        rows.indices.contains(cursor) ? entries[rows[cursor]] : nil
    }

    mutating func take(_ feed: SpanFeed) {
        isRequested = false
        feedCursor = feed.cursor
        let held = isAtFoot ? nil : selected
        for entry in feed.entries {
            let key = Key(trace: entry.trace, span: entry.id)
            guard let position = positions[key] else {
                positions[key] = entries.count
                entries.append(entry)
                continue
            }
            // A later record of a running span does not make a finished one run again.
            if !entry.traits.isRunning || entries[position].traits.isRunning { entries[position] = entry }
        }
        if entries.count > Self.kept * 2 { forget() }
        arrange(holding: held)
    }

    /// Lets go of the oldest that have ended.
    private mutating func forget() {
        var surplus = entries.count - Self.kept
        entries.removeAll { entry in
            guard surplus > 0, !entry.traits.isRunning else { return false }
            surplus -= 1
            return true
        }
        positions = [:]
        for (position, entry) in entries.enumerated() {
            positions[Key(trace: entry.trace, span: entry.id)] = position
        }
    }

    mutating func filter(by query: TraceQuery?) {
        let held = isAtFoot ? nil : selected
        filter = query
        arrange(holding: held)
    }

    private mutating func arrange(holding held: SpanFeed.Entry?) {
        let evaluator = filter.map { QueryEvaluator($0) }
        let shown = entries.indices.filter { evaluator?.matches(entries[$0]) ?? true }
        let running = shown.filter { entries[$0].traits.isRunning }
        runningCount = running.count
        rows = running + shown.filter { !entries[$0].traits.isRunning }
        if let held, let row = rows.firstIndex(where: { entries[$0].trace == held.trace && entries[$0].id == held.id })
        {
            cursor = row
        } else {
            cursor = isAtFoot ? max(0, rows.count - 1) : max(0, min(cursor, rows.count - 1))
        }
    }

    mutating func move(toRow row: Int) {
        cursor = max(0, min(row, rows.count - 1))
        isAtFoot = cursor == rows.count - 1
    }

    /// How many of the running ones are pinned on top of so many rows.
    package func pinned(height: Int) -> Int { min(runningCount, max(1, height / 3)) }

    mutating func scroll(height: Int) {
        let pinned = pinned(height: height)
        let room = height - pinned - (pinned > 0 ? 1 : 0)
        guard room > 0, cursor >= runningCount else { return }
        let row = cursor - runningCount
        top = max(top, row + 1 - room)
        top = min(top, row)
        top = max(0, min(top, rows.count - runningCount - room))
    }

    /// The next row whose text matches, from the cursor on and around the end.
    func row(forward: Bool, includingCursor: Bool, matching needle: SearchText) -> Int? {
        guard !rows.isEmpty else { return nil }
        for step in (includingCursor ? 0 : 1)...rows.count {
            let row = (cursor + (forward ? step : rows.count - step % rows.count)) % rows.count
            if isMatch(row, needle) { return row }
        }
        return nil
    }

    package func isMatch(_ row: Int, _ needle: SearchText) -> Bool {
        let entry = entries[rows[row]]
        return needle.matches(entry.name) || needle.matches(entry.service) || needle.matches(entry.traceName)
    }
}

extension SpanFeed.Entry: QuerySubject {
    package func text(_ field: QueryField) -> String {
        switch field {
        case .name: name
        case .service, .agent: service
        case .id: traceName
        default: ""
        }
    }

    package func number(_ field: QueryField) -> Double? {
        switch field {
        case .duration: Double(duration)
        case .errors: traits.status == .error ? 1 : 0
        case .spans: 1
        case .tokens: Double((usage?.tokensIn ?? 0) + (usage?.tokensOut ?? 0))
        case .tokensIn: Double(usage?.tokensIn ?? 0)
        case .tokensOut: Double(usage?.tokensOut ?? 0)
        case .cost: usage?.cost.map { Double($0) }
        case .reward: reward.map { Double($0) }
        case .start: start > 0 ? Double(start) : nil
        default: nil
        }
    }

    package var isRunning: Bool { traits.isRunning }
}
