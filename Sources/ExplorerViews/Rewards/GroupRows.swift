import Cells
import Explorer
import TraceAnalysis
import TraceModel

/// A line for each group: how many, their mean, the last of them, how they are spread, and where they are going.
enum GroupRows {
    static func draw(_ canvas: inout Canvas, _ state: ExplorerState, _ layout: ExplorerLayout) {
        let rewards = state.rewards
        let columns = Columns(width: layout.list.width)
        drawHeads(&canvas, columns, rewards, layout.heading.bottom(1))
        for row in 0..<min(layout.list.height, rewards.series.count - rewards.top) {
            let place = rewards.top + row
            let y = layout.list.y + row
            draw(&canvas, rewards.series[place], columns, y)
            let line = Rectangle(x: 0, y: y, width: layout.list.width, height: 1)
            if let needle = state.search.needle {
                canvas.highlight(needle.text, isCaseSensitive: needle.isCaseSensitive, in: line)
            }
            if place == rewards.cursor {
                canvas.write("▌", x: 0, y: y, .cursor)
                canvas.lay(.cursor, over: line)
            }
        }
    }

    private struct Columns {
        let name: Int
        let count = 7
        let mean = 5
        let recent: Int
        let spread: Int
        let trend: Int

        init(width: Int) {
            spread = width >= 66 ? RewardGroup.binCount : 0
            trend = width >= 50 ? 6 : 0
            let left =
                width - 2 - count - 1 - mean - 2 - (spread > 0 ? spread + 2 : 0) - (trend > 0 ? trend + 2 : 0) - 1
            recent = max(0, min(RewardGroup.recentCount, left * 2 / 3))
            name = max(4, left - recent)
        }

        var countEnd: Int { 2 + name + 1 + count - 1 }
        var meanEnd: Int { countEnd + 1 + mean }
        var recentX: Int { meanEnd + 2 }
        var spreadX: Int { recentX + recent + 2 }
        var trendX: Int { spreadX + (spread > 0 ? spread + 2 : 0) }
    }

    private static func drawHeads(
        _ canvas: inout Canvas, _ columns: Columns, _ rewards: RewardsState, _ area: Rectangle
    ) {
        canvas.fill(area, .header)
        canvas.write(rewards.grouping.name.uppercased(), x: 2, y: area.y, .header, limit: columns.name)
        canvas.write("N", endingAt: columns.countEnd, y: area.y, .header, limit: columns.count)
        canvas.write("MEAN", endingAt: columns.meanEnd, y: area.y, .header, limit: columns.mean)
        let recent = columns.recent >= 17 ? "LAST \(columns.recent) SEQUENCES" : "LAST \(columns.recent)"
        canvas.write(recent, x: columns.recentX, y: area.y, .header, limit: columns.recent)
        if columns.spread > 0 { canvas.write("SPREAD", x: columns.spreadX, y: area.y, .header) }
        if columns.trend > 0 { canvas.write("TREND", x: columns.trendX, y: area.y, .header) }
    }

    private static func draw(_ canvas: inout Canvas, _ group: RewardGroup, _ columns: Columns, _ y: Int) {
        canvas.write(TextWidth.clip(group.name, to: columns.name), x: 2, y: y, .spanAgent)
        canvas.write(
            Figures.grouped(group.count), endingAt: columns.countEnd, y: y, .text, limit: columns.count)
        canvas.write(
            Figures.reward(group.mean), endingAt: columns.meanEnd, y: y, RewardRoles.role(of: group.mean),
            limit: columns.mean)
        RewardBars.draw(
            &canvas, group.recent.suffix(columns.recent).map { Double($0) }, x: columns.recentX, y: y)
        if columns.spread > 0 {
            canvas.write(Sparkline.spread(group.bins), x: columns.spreadX, y: y, .textDim, limit: columns.spread)
        }
        if columns.trend > 0 {
            let role = RewardText.role(ofTrend: group.trend)
            canvas.write(Figures.change(group.trend), x: columns.trendX, y: y, role, limit: columns.trend)
        }
    }
}

/// Rewards as a row of bars, each in the colour of its height.
enum RewardBars {
    static func draw(_ canvas: inout Canvas, _ values: [Double?], x: Int, y: Int) {
        for (place, value) in values.enumerated() {
            canvas.write(Sparkline.rewards([value]), x: x + place, y: y, RewardRoles.role(of: value))
        }
    }
}
