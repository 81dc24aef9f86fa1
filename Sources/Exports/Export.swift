package import TraceModel

/// Writes what was judged in one shape, trace by trace.
package struct Export {
    private let shape: ExportShape
    private var exporter: any TraceExporter
    private let redactor: Redactor?
    private var output: ExportOutput

    package init(_ shape: ExportShape, _ options: ExportOptions = ExportOptions()) {
        self.shape = shape
        exporter = shape.makeExporter(options)
        redactor = options.isRedacted ? Redactor(extra: options.extra) : nil
        let isPaired = shape == .dpo || shape == .openAIPreference
        output = ExportOutput(tally: ExportTally(unit: isPaired ? "pair" : shape == .prm ? "sequence" : ""))
    }

    /// What became of the judgements so far.
    package var tally: ExportTally { output.tally }

    /// How many different values have stand-ins; nothing where nothing is redacted.
    package var redacted: Int? { redactor?.count }

    /// Takes a trace with its judgements that hold, and returns what can be written now. `read` reads the span at a place of
    /// the table, and is asked for no more than the shape needs.
    package mutating func take<Failure: Error>(
        _ summary: TraceSummary, _ spans: SpanTable, _ records: [RewardRecord],
        read: (Int) async throws(Failure) -> SpanBody
    ) async throws(Failure) -> [UInt8] {
        let builder = JudgedTraceBuilder(summary, spans, records)
        var trace = try await builder.build(shape.needs, read: read)
        if let redactor { trace.redact(by: redactor) }
        exporter.take(trace, into: &output)
        return drain()
    }

    /// What is written once all traces are known.
    package mutating func finish() -> [UInt8] {
        exporter.finish(into: &output)
        return drain()
    }

    private mutating func drain() -> [UInt8] {
        defer { output.bytes.removeAll(keepingCapacity: true) }
        return output.bytes
    }
}
