import TraceModel

/// Shapes in which each judgement is a line, whatever it is of.
struct RecordExporter: TraceExporter {
    private let line: (JudgedRecord) -> [UInt8]

    init(_ line: @escaping (JudgedRecord) -> [UInt8]) {
        self.line = line
    }

    mutating func take(_ trace: JudgedTrace, into output: inout ExportOutput) {
        output.tally.take(trace)
        for record in trace.records { output.line(line(record)) }
    }
}
