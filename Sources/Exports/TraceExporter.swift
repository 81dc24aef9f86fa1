/// Writes one shape: takes traces one by one, and hands over what is complete.
protocol TraceExporter {
    mutating func take(_ trace: JudgedTrace, into output: inout ExportOutput)
    /// Nothing follows.
    mutating func finish(into output: inout ExportOutput)
}

extension TraceExporter {
    mutating func finish(into output: inout ExportOutput) {}
}

/// What an export comes to.
struct ExportOutput {
    var bytes: [UInt8] = []
    var tally: ExportTally

    mutating func line(_ line: [UInt8]) {
        bytes += line
        bytes.append(10)
        tally.write()
    }
}
