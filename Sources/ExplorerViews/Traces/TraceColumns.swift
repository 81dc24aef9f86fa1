import Cells
import TraceAnalysis

/// Which columns of the trace list there is room for, and where each stands.
struct TraceColumns {
    struct Column {
        var order: TraceOrder.Column
        var title: String
        var x: Int
        var width: Int
        var isRight: Bool
    }

    private(set) var columns: [Column] = []

    init(width: Int, showsDate: Bool, showsSession: Bool) {
        let when = showsDate ? 14 : 8
        // Of narrow windows the columns that tell least go first.
        var fixed: [(TraceOrder.Column, String, Int)] = [
            (.spans, "SPANS", 6), (.errors, "ERR", 4), (.time, "TIME", 6), (.tokens, "TOKENS", 6), (.cost, "$", 6),
            (.reward, "REWARD", width >= 96 ? 10 : 8),
        ]
        func total() -> Int { fixed.reduce(0) { $0 + $1.2 + 1 } }
        for leastTelling in [TraceOrder.Column.reward, .cost, .tokens, .errors, .spans, .time]
        where width - total() - when - 3 < 36 {
            fixed.removeAll { $0.0 == leastTelling }
        }
        var x = 2
        func add(_ order: TraceOrder.Column, _ title: String, _ columnWidth: Int, isRight: Bool) {
            guard columnWidth > 0, x + columnWidth <= width else { return }
            columns.append(Column(order: order, title: title, x: x, width: columnWidth, isRight: isRight))
            x += columnWidth + 1
        }
        if width >= 40 { add(.when, "WHEN", when, isRight: false) }
        if showsSession { add(.session, "SESSION", width >= 110 ? 24 : 19, isRight: false) }
        let text = width - x - total() - 1
        let agent = text >= 24 ? max(10, min(22, text / 3)) : 0
        add(.agent, "AGENT", agent, isRight: false)
        add(.root, "ROOT", text - (agent > 0 ? agent + 1 : 0), isRight: false)
        for (order, title, columnWidth) in fixed { add(order, title, columnWidth, isRight: true) }
    }
}
