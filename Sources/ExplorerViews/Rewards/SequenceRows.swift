import Cells
import Explorer
import TraceAnalysis
import TraceModel

/// A line for each sequence of a group, the newest first.
enum SequenceRows {
    static func draw(
        _ canvas: inout Canvas, _ opened: RewardsState.Opened, _ state: ExplorerState, _ context: ViewContext,
        _ layout: ExplorerLayout
    ) {
        let width = layout.list.width
        let bars = max(0, min(20, width / 4))
        // A group by agent says it in its title.
        let agent = width >= 60 && state.rewards.grouping != .agent ? 16 : 0
        let rootX = 17 + (agent > 0 ? agent + 1 : 0)
        let barsX = width - 1 - 6 - 6 - bars - 1
        let head = layout.heading.bottom(1)
        canvas.fill(head, .header)
        canvas.write("WHEN", x: 2, y: head.y, .header)
        if agent > 0 { canvas.write("AGENT", x: 17, y: head.y, .header, limit: agent) }
        canvas.write("TRACE", x: rootX, y: head.y, .header, limit: max(0, barsX - rootX - 1))
        canvas.write("STEPS", x: barsX, y: head.y, .header, limit: bars)
        canvas.write("JUDGED", endingAt: width - 7, y: head.y, .header, limit: 6)
        canvas.write("MEAN", endingAt: width - 1, y: head.y, .header, limit: 5)
        for row in 0..<min(layout.list.height, opened.entries.count - opened.top) {
            let y = layout.list.y + row
            let entry = opened.entries[opened.top + row]
            let trace = state.traces.table[Int(entry.trace)]
            let time = entry.start > 0 ? context.localTime(entry.start) : nil
            canvas.write(time.map { "\($0.monthAndDay) \($0.clock)" } ?? "no time", x: 2, y: y, .spanTime)
            if agent > 0 {
                let name = state.rewards.series.ledger.names[entry.agent]
                canvas.write(TextWidth.clip(name, to: agent), x: 17, y: y, .spanAgent)
            }
            let room = max(0, barsX - rootX - 1)
            let x = rootX + canvas.write(TextWidth.clip(trace.root, to: room), x: rootX, y: y, .spanName)
            if x + 4 < barsX {
                canvas.write(TextWidth.clip(trace.title, to: barsX - x - 3), x: x + 2, y: y, .spanDetail)
            }
            let steps = state.rewards.steps(of: Int(entry.trace)).suffix(bars)
            RewardBars.draw(&canvas, Array(steps), x: barsX, y: y)
            canvas.write(Figures.count(Int(entry.steps)), endingAt: width - 7, y: y, .text, limit: 5)
            let mean = Double(entry.value)
            canvas.write(Figures.reward(mean), endingAt: width - 1, y: y, RewardRoles.role(of: mean), limit: 5)
            let line = Rectangle(x: 0, y: y, width: width, height: 1)
            if let needle = state.search.needle {
                canvas.highlight(needle.text, isCaseSensitive: needle.isCaseSensitive, in: line)
            }
            if opened.top + row == opened.cursor {
                canvas.write("▌", x: 0, y: y, .cursor)
                canvas.lay(.cursor, over: line)
            }
        }
    }
}
