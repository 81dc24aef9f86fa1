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
