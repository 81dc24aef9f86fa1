package import Cells
import TraceAnalysis

/// How the review shares the screen out: lines of goal, outcome and failures, and rows of steps.
package struct ReviewLayout: Sendable, Equatable {
    package var goalRule: Rectangle
    package var goal: Rectangle
    package var outcomeRule: Rectangle
    package var failures: Rectangle
    package var outcome: Rectangle
    package var stepsRule: Rectangle
    package var steps: Rectangle
    /// The newest decisions.
    package var last: Rectangle

    package init(_ area: Rectangle, _ item: ReviewItem, isUnfolded: Bool) {
        var rest = area
        func take(_ rows: Int) -> Rectangle {
            let taken = rest.top(max(0, rows))
            rest = rest.droppingTop(taken.height)
            return taken
        }
        last = rest.bottom(area.height >= 9 ? 1 : 0)
        rest = rest.droppingBottom(last.height)
        let hasRules = area.height >= 7
        if isUnfolded {
            goalRule = take(0)
            goal = take(0)
            outcomeRule = take(0)
            failures = take(0)
            outcome = rest
            stepsRule = take(0)
            steps = rest.bottom(0)
            return
        }
        let wants = [
            Self.lines(item.digest.goal, area.width).count, item.digest.failures.count,
            max(1, Self.lines(item.digest.outcome, area.width).count), item.digest.steps.count,
        ]
        let rows = Self.share(max(0, rest.height - (hasRules ? 3 : 0)), wants)
        goalRule = take(hasRules ? 1 : 0)
        goal = take(rows[0])
        outcomeRule = take(hasRules ? 1 : 0)
        failures = take(rows[1])
        outcome = take(rows[2])
        stepsRule = take(hasRules ? 1 : 0)
        steps = rest
    }

    /// Shares rows out among goal, failures, outcome and steps: to each a little first, then what is left to the
    /// outcome, the goal, the failures and the steps, as long as they want any.
    private static func share(_ rows: Int, _ wants: [Int]) -> [Int] {
        let least = [max(1, rows / 6), max(1, rows / 6), max(1, rows / 5), max(1, rows * 2 / 5)]
        var given = [0, 0, 0, 0]
        var left = rows
        for part in [2, 0, 3, 1] {
            given[part] = min(left, least[part], wants[part])
            left -= given[part]
        }
        for part in [2, 0, 1, 3] {
            let more = min(left, wants[part] - given[part])
            given[part] += more
            left -= more
        }
        return given
    }

    /// A text as it is broken here.
    package static func lines(_ text: String, _ width: Int) -> [String] {
        text.isEmpty ? [] : TextWidth.wrap(text, to: max(10, width - 4))
    }

    /// Everything that is said, where it has the whole screen.
    package static func unfolded(_ item: ReviewItem, _ width: Int) -> [String] {
        let digest = item.digest
        return ["Goal"] + lines(digest.goal, width) + [""]
            + (digest.failures.isEmpty ? [] : ["Failures"] + digest.failures.flatMap { lines($0, width) } + [""])
            + ["Outcome"] + lines(digest.outcome, width)
    }
}
