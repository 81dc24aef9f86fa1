/// Everything that is drawn and that a theme can style. The raw value is the theme's key for it.
package enum Role: String, Sendable, CaseIterable {
    case text
    case textDim = "text.dim"
    case textStrong = "text.strong"
    case bar
    case barStrong = "bar.strong"
    case tab
    case tabSelected = "tab.selected"
    case header
    case cursor
    case cursorIdle = "cursor.idle"
    case mark
    case match
    case prompt
    case hint
    case hintKey = "hint.key"
    case rule
    case badge
    case progress
    case message
    case messageError = "message.error"
    case spanName = "span.name"
    case spanAgent = "span.agent"
    case spanModel = "span.model"
    case spanTool = "span.tool"
    case spanRetrieval = "span.retrieval"
    case spanPlanning = "span.planning"
    case spanEvaluation = "span.evaluation"
    case spanWorkflow = "span.workflow"
    case spanError = "span.error"
    case spanRunning = "span.running"
    case spanOrphan = "span.orphan"
    case spanGroup = "span.group"
    case spanDetail = "span.detail"
    case spanTime = "span.time"
    case waterfall
    case waterfallError = "waterfall.error"
    case waterfallRunning = "waterfall.running"
    case waterfallCritical = "waterfall.critical"
    case waterfallAxis = "waterfall.axis"
    case treeLine = "tree.line"
    case rewardHigh = "reward.high"
    case rewardMiddle = "reward.middle"
    case rewardLow = "reward.low"
    case rewardNone = "reward.none"
    case jsonString = "json.string"
    case jsonNumber = "json.number"
    case jsonLiteral = "json.literal"
    case jsonFold = "json.fold"
    case key
    case value
    case event
    case link
    case logError = "log.error"
    case logWarning = "log.warning"
    case logInfo = "log.info"
    case diffAdded = "diff.added"
    case diffRemoved = "diff.removed"
    case graphBox = "graph.box"
    case graphDone = "graph.done"
    case graphFailed = "graph.failed"
    case graphRunning = "graph.running"
    case graphWaiting = "graph.waiting"
    case graphEdge = "graph.edge"
    case graphLabel = "graph.label"
    case helpKey = "help.key"
    case helpTitle = "help.title"
}
