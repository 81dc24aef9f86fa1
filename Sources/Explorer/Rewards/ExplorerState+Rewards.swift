import TraceAnalysis
import TraceModel

extension ExplorerState {
    /// What a row of the rewards view says in words: what a search looks at.
    package func rewardsText(ofRow row: Int) -> String {
        guard let opened = rewards.opened else {
            return row < rewards.series.count ? rewards.series.name(of: row) : ""
        }
        guard opened.entries.indices.contains(row) else { return "" }
        let entry = opened.entries[row]
        let trace = traces.table[Int(entry.trace)]
        return "\(rewards.series.ledger.names[entry.agent]) \(trace.root) \(trace.title) \(trace.givenID)"
    }

    /// The next row whose text matches, from the cursor on and around the end.
    func row(inRewards forward: Bool, includingCursor: Bool, matching needle: SearchText) -> Int? {
        let count = rewards.rowCount
        guard count > 0 else { return nil }
        for step in (includingCursor ? 0 : 1)...count {
            let row = (rewards.cursorRow + (forward ? step : count - step % count)) % count
            if needle.matches(rewardsText(ofRow: row)) { return row }
        }
        return nil
    }
}
