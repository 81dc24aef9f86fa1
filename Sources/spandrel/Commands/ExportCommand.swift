import Cells
import Exports
import Judgements
import TraceAnalysis
import TraceModel
import TraceStore

/// `spandrel export`: what was judged, for those who keep judgements and those who train on them.
enum ExportCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let shapes = ExportShape.allCases.map(\.rawValue).joined(separator: ", ")
        guard let name = arguments["--to"] else { throw .usage("--to is missing: one of \(shapes)") }
        guard let shape = ExportShape(rawValue: name) else { throw .usage("--to is one of: \(shapes)") }
        var export = Export(shape, try options(arguments))
        let (store, state) = try await Reading.all(try arguments.sources())
        let records = Dictionary(grouping: store.standing, by: \.target.trace)
        let isWanted = try TraceSelection.wanted(arguments["--where"], in: state.traces)
        do throws(StoreError) {
            for index in TraceOrder.initial.sorted(state.traces) {
                let trace = state.traces[Int(index)]
                guard isWanted[Int(index)], trace.reward != nil || records[trace.id] != nil else { continue }
                let spans = try await store.spans(of: trace.id)
                Output.print(
                    try await export.take(trace, spans, records[trace.id] ?? []) { place throws(StoreError) in
                        try await store.body(of: spans.refs[place], limit: nil)
                    })
            }
        } catch {
            throw .nothing(error.description)
        }
        Output.print(export.finish())
        let redacted = export.redacted.map { "; \($0) \($0 == 1 ? "value" : "values") redacted" } ?? ""
        Output.complain(Display.printable("\(export.tally)\(redacted)"))
        return 0
    }

    private static func options(_ arguments: Arguments) throws(Failure) -> ExportOptions {
        var options = ExportOptions()
        if let text = arguments["--threshold"] {
            guard let threshold = Double(text), (0...1).contains(threshold) else {
                throw .usage("--threshold is a number from 0 to 1, not '\(text)'")
            }
            options.threshold = threshold
        }
        options.isRedacted = arguments.has("--redact")
        if let also = arguments["--also"] {
            guard options.isRedacted else { throw .usage("--also says what --redact leaves out besides") }
            options.extra = also.split(separator: ",").map(String.init)
        }
        return options
    }
}
