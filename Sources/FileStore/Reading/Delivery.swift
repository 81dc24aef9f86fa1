import TraceFormats
import TraceModel

/// What one piece of work on a file came to, waiting for its turn to be taken in.
struct Delivery: Sendable {
    var batch: SpanBatch
    var notes: [TraceNote]
    /// Of the file as it is stored.
    var bytes: UInt64
    var problems: [Problem] = []

    init(batch: SpanBatch = SpanBatch(), bytes: UInt64 = 0) {
        self.batch = batch
        self.bytes = bytes
        notes = TraceNote.notes(of: batch)
    }
}
