package import GraphLayout
package import TraceAnalysis
package import TraceModel
package import TraceQuery
package import TraceStore

/// What the core wants done in the world. Each is answered with an event, or with none.
package enum ExplorerEffect: Sendable, Equatable {
    /// Answered by `tracesSorted`.
    case sort(TraceOrder, generation: Int)
    /// Answered by `treeBuilt` or `treeFailed`.
    case openTrace(TraceID)
    /// Answered by `documentRead` or `documentFailed`.
    case readDocument(SpanRef)
    /// Reads the first span to compare the second with. Answered by `baselineRead` or `documentFailed`.
    case readBaseline(SpanRef, for: SpanRef)
    /// Answered by `graphRead` or `graphFailed`.
    case readGraph(TraceID)
    /// Reads who calls whom in these traces. Answered by `graphRead`.
    case readMap([TraceID])
    /// Answered by `laidOut`.
    case layOut(GraphScene, keeping: GraphPlan?, ticket: Int)
    /// Answered by `waited`.
    case wait(milliseconds: Int, ticket: Int)
    /// Answered by `feedRead`.
    case readFeed(after: SpanFeed.Cursor?, limit: Int)
    /// Answered by `rewardsRead`.
    case readRewards
    /// Answered by `sequenceRead` or `sequenceFailed`.
    case readSequence(SequenceKey)
    /// Reads an attribute of the roots of traces, by their positions in the list. Answered by `attributesRead`.
    case readAttributes(String, [TraceID: UInt32])
    /// Answered by `detailsRead`.
    case readDetails([SpanRef])
    /// Answered by `logsRead`.
    case readLogs(SpanID, TraceID, SpanRef)
    /// Answered by `rawRead`.
    case readRaw(SpanRef)
    /// Answered by `found`, any number of times, then `findEnded`.
    case find(SearchText, in: TraceID?, generation: Int)
    case cancelFind
    case cancelReading
    /// Answered by `copied`.
    case copy(String, what: String)
    /// Copies a value: a string as it is, the rest as JSON. Answered by `copied`.
    case copyValue(AttributeValue, what: String)
    /// Copies a span as its source has it.
    case copyRaw(SpanRef)
    /// Answered by `themeChanged` or `said`.
    case changeTheme(String)
    /// Works out what is open in a queue. Answered by `reviewOrdered`.
    case orderReview(ReviewQueue, generation: Int)
    /// Answered by `reviewItemRead` or `reviewItemFailed`.
    case readReviewItem(TraceID)
    /// Reads what there is to be written on. Answered by `draftRead`.
    case readDraft(WritingState.Purpose, JudgementRequest)
    /// Gives a text to the person's own editor. Answered by `edited`.
    case edit(String)
    /// At one stroke; all are of one decision. Answered by `judged` or `judgeFailed`, in the order that they were asked for.
    case judge([JudgementRequest])
    case redraw
    case suspend
    case quit
}
