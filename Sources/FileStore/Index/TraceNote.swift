import TraceFormats
import TraceModel

/// What a batch tells of one of its traces. Made outside the store's lock, so that taking a batch in is cheap.
///
/// Numbers of strings are the batch's.
struct TraceNote: Sendable {
    var start = Int64.max
    var end = Int64.min
    var spans: UInt32 = 0
    var errors: UInt32 = 0
    var tokensIn: UInt64 = 0
    var tokensOut: UInt64 = 0
    var cost = Double.nan
    var isRunning = false
    var isInferred = false

    /// The earliest span without a parent or, where there is none, the earliest of all.
    var rootStart = Int64.max
    var rootName: UInt32 = 0
    var service: UInt32 = 0
    var hasRoot = false

    var texts = TraceTexts()

    /// One for each of the batch's traces.
    static func notes(of batch: SpanBatch) -> [TraceNote] {
        var notes = [TraceNote](repeating: TraceNote(), count: batch.traceIDs.count)
        notes.withUnsafeMutableBufferPointer { notes in
            for row in 0..<batch.count { notes[Int(batch.traces[row])].add(row, of: batch) }
            for entry in batch.usage {
                notes[Int(batch.traces[Int(entry.row)])].add(entry.usage)
            }
            for entry in batch.titles {
                notes[Int(batch.traces[Int(entry.row)])].texts.add(title: entry.text, at: batch.starts[Int(entry.row)])
            }
            for entry in batch.traceNames { notes[Int(entry.trace)].texts.name = entry.text }
            for entry in batch.sessions where notes[Int(entry.trace)].texts.session == 0 {
                notes[Int(entry.trace)].texts.session = entry.text
            }
            for entry in batch.models where notes[Int(entry.trace)].texts.model == 0 {
                notes[Int(entry.trace)].texts.model = entry.text
            }
            for entry in batch.agents {
                let row = Int(entry.row)
                notes[Int(batch.traces[row])].texts
                    .add(agent: entry.name, at: batch.starts[row], isRoot: batch.parentIDs[row] == 0)
            }
        }
        return notes
    }

    @inline(__always)
    private mutating func add(_ row: Int, of batch: SpanBatch) {
        let start = batch.starts[row]
        let traits = batch.traits[row]
        spans += 1
        if start > 0 {
            self.start = min(self.start, start)
            end = max(end, start.addingCapped(batch.durations[row]))
        }
        if traits.status == .error { errors += 1 }
        if traits.isRunning { isRunning = true }
        if traits.isInferred { isInferred = true }
        let isRoot = batch.parentIDs[row] == 0
        if isRoot == hasRoot ? start < rootStart || spans == 1 : isRoot {
            rootStart = start
            rootName = batch.names[row]
            service = batch.contextTable[Int(batch.contexts[row])].service
            hasRoot = isRoot
        }
    }

    private mutating func add(_ usage: Usage) {
        tokensIn += UInt64(usage.tokensIn)
        tokensOut += UInt64(usage.tokensOut)
        if let cost = usage.cost { self.cost = self.cost.isNaN ? Double(cost) : self.cost + Double(cost) }
    }
}
