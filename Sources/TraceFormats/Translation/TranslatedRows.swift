import TraceModel

/// Makes rows of an index of spans that stand in their records: nothing else is kept of them.
package struct TranslatedRows: Sendable {
    private(set) var batch: SpanBatch
    /// The record that is being translated.
    var record = ByteRange.empty
    private var words: OperationWords
    private var traces = TraceNumbers()
    private var contexts: [(service: String, number: UInt32)] = []
    private var lastContext = 0

    init(onto batch: consuming SpanBatch, _ words: OperationWords) {
        self.batch = batch
        self.words = words
    }

    mutating func add(_ span: borrowing TranslatedSpan) {
        var draft = SpanDraft()
        draft.traceID = span.body.traceID
        draft.spanID = span.body.spanID.value
        draft.parentID = span.body.parentID.value
        draft.start = span.body.start
        draft.end = span.body.end
        let place = span.reach ?? record
        draft.offset = place.offset
        draft.length = Int(place.length)
        draft.traits.kind = span.body.kind
        draft.traits.status = span.body.status
        draft.traits.hasEvents = span.hasEvents || !span.body.events.isEmpty
        draft.traits.hasLinks = span.hasLinks || !span.body.links.isEmpty
        draft.traits.isPiece = span.isPiece
        guard !draft.traceID.isZero, draft.spanID != 0 else {
            batch.problems.append(ScanProblem(place: .byte(draft.offset), what: "a span without usable ids"))
            return
        }
        let context = context(of: span.service ?? "")
        var name = span.body.name
        name.withUTF8 { name in
            draft.name = name
            span.attributes.take(into: &draft) { draft in
                draft.finish(
                    into: &batch, traces: &traces, context: context, words: &words,
                    unescape: { String(decoding: $0, as: UTF8.self) })
            }
        }
    }

    mutating func add(_ log: LogRecord) {
        batch.logs.append(
            ScannedLog(
                trace: traces.number(of: log.traceID, in: &batch), spanID: log.spanID.value, time: log.time,
                context: context(of: ""), place: record))
    }

    /// Hands the rows over, and what was learned of words.
    consuming func finish(_ words: inout OperationWords) -> SpanBatch {
        words = self.words
        return batch
    }

    private mutating func context(of service: String) -> UInt32 {
        if lastContext < contexts.count, contexts[lastContext].service == service {
            return contexts[lastContext].number
        }
        if let known = contexts.firstIndex(where: { $0.service == service }) {
            lastContext = known
        } else {
            lastContext = contexts.count
            contexts.append((service, UInt32(batch.contextTable.count)))
            batch.contextTable.append(SpanContext(ofRecordsFrom: batch.strings.intern(service)))
        }
        return contexts[lastContext].number
    }
}
