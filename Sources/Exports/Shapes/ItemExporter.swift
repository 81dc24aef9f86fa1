import TraceModel

/// Shapes in which each judged thing is a line of its own.
struct ItemExporter: TraceExporter {
    /// A line, or why there is none.
    typealias Line = (JudgedItem, ExportOptions) throws(LeftOut) -> [UInt8]

    private let options: ExportOptions
    private let line: Line

    init(_ options: ExportOptions, _ line: @escaping Line) {
        self.options = options
        self.line = line
    }

    mutating func take(_ trace: JudgedTrace, into output: inout ExportOutput) {
        output.tally.take(trace)
        for item in trace.items {
            do throws(LeftOut) {
                if item.isDisputed(options.threshold) { throw .disputed }
                output.line(try line(item, options))
            } catch {
                output.tally.leaveOut(error.rawValue)
            }
        }
    }
}

/// Why something that was judged is not written.
enum LeftOut: String, Error {
    case disputed = "disputed"
    case undecided = "exactly at the threshold"
    case noMessages = "no messages"
    case nothingSaid = "no messages, and no state or action"
    case notApproved = "not approved"
    case noTruth = "rejected, and nobody says what is right"
}

extension ExportTally {
    /// Counts what a trace has, and what of it no shape can use.
    mutating func take(_ trace: JudgedTrace) {
        judge(trace.items.count + trace.records.count)
        for (reason, count) in trace.leftOut {
            judge(count)
            leaveOut(reason, count)
        }
    }
}
