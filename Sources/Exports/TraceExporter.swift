/// Writes one shape: takes traces one by one, and hands over what is complete.
protocol TraceExporter {
    mutating func take(_ trace: JudgedTrace, into output: inout ExportOutput)
    /// Nothing follows.
    mutating func finish(into output: inout ExportOutput)
}

extension TraceExporter {
    mutating func finish(into output: inout ExportOutput) {}
}
