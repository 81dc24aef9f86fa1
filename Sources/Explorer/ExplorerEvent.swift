package import Cells
package import TraceAnalysis
package import TraceModel
package import TraceStore

/// Something that happened: a key, or an answer from the world.
package enum ExplorerEvent: Sendable {
    case input(InputEvent)
    case storeChanged(StoreState)
    case tracesSorted([UInt32], TraceOrder, generation: Int)
    case treeBuilt(SpanTree)
    case treeFailed(TraceID, String)
    case feedRead(SpanFeed)
    case rewardsRead(RewardTable, RewardLedger)
    /// Nothing where the trace has no steps.
    case sequenceRead(SequenceKey, RewardSequence?)
    case sequenceFailed(SequenceKey, String)
    case attributesRead(String, [UInt32: String])
    case documentRead(SpanRef, SpanDocument)
    /// What the span is compared with.
    case baselineRead(SpanDocument, for: SpanRef)
    case documentFailed(SpanRef, String)
    case detailsRead([SpanRef: SpanDetail])
    case logsRead(SpanRef, [LogRecord])
    case rawRead(SpanRef, RawSpan)
    case found([SpanMatch], generation: Int)
    case findEnded(generation: Int, problem: String?)
    case copied(what: String)
    case judged(JudgementOutcome)
    /// A line for the person at the screen.
    case said(String, isError: Bool)
}
