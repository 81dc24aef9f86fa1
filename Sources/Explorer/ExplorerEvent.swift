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
    /// Of a trace, or of many: the map of who calls whom.
    case graphRead(TraceID?, MissionGraph)
    case graphFailed(TraceID, String)
    case laidOut(GraphDrawing, ticket: Int)
    /// As long as was asked for has passed.
    case waited(ticket: Int)
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
    case judged([JudgementOutcome])
    /// A judgement that is kept nowhere, and why.
    case judgeFailed([JudgementRequest], String)
    /// What time it is before the next event, in nanoseconds, on a clock that only goes forward.
    case clock(Int64)
    /// What is open in a queue, as positions in the table of traces, and how many were decided before.
    case reviewOrdered([UInt32], doneBefore: Int, generation: Int)
    case reviewItemRead(ReviewItem)
    case reviewItemFailed(TraceID, String)
    /// What the person has written of it before.
    case draftRead(JudgementRequest, String)
    /// A text as the person's editor left it; nothing where that could not be had.
    case edited(String?)
    /// A line for the person at the screen.
    case said(String, isError: Bool)
}
