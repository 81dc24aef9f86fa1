import Cells
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel ls`: the trace list as lines.
enum ListCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let (_, state) = try await Reading.all(try arguments.sources())
        var output = OutputBuffer()
        let isWanted = try TraceSelection.wanted(arguments["--where"], in: state.traces)
        for index in TraceOrder.initial.sorted(state.traces) where isWanted[Int(index)] {
            let trace = state.traces[Int(index)]
            if arguments.has("--json") {
                output.line(json(trace))
            } else {
                output.line(text(trace))
            }
        }
        output.flush()
        return 0
    }

    /// Columns that stay in place, the texts last.
    private static func text(_ trace: TraceSummary) -> String {
        let time = LocalTime.civil(trace.start)
        let when = trace.start > 0 ? "\(time.date) \(time.clock)" : "no time"
        let columns: [(String, Int)] = [
            (
                TextWidth.clip(
                    Display.printable(trace.name.isEmpty ? String("\(trace.id)".prefix(16)) : trace.name), to: 36), -16
            ), (when, -19), (Figures.count(trace.spans), 6),
            (trace.errors > 0 ? "✗" + Figures.count(trace.errors) : "·", 5),
            (trace.start > 0 ? Figures.duration(trace.duration) : "·", 7),
            (trace.tokensIn + trace.tokensOut > 0 ? Figures.count(trace.tokensIn + trace.tokensOut) : "·", 7),
            (trace.cost.map { Figures.dollars($0) } ?? "·", 7),
            (trace.reward.map { Figures.reward($0) } ?? "·", 4),
            (TextWidth.clip(Display.printable(trace.agent.isEmpty ? trace.service : trace.agent), to: 18), -18),
        ]
        let fixed = columns.map { text, width in
            let padding = String(repeating: " ", count: max(0, abs(width) - TextWidth.columns(of: text)))
            return width > 0 ? padding + text : text + padding
        }
        let root = [trace.isRunning ? "◌" : "", trace.root, trace.title].filter { !$0.isEmpty }
        return fixed.joined(separator: " ") + " " + Display.printable(root.joined(separator: "  "))
    }

    private static func json(_ trace: TraceSummary) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("trace_id", trace.givenID)
            writer.field("source", trace.source)
            writer.field("format", trace.format)
            writer.field("start", trace.start)
            writer.field("duration_ns", trace.duration)
            writer.field("root", trace.root)
            writer.field("title", trace.title)
            writer.field("service", trace.service)
            writer.field("agent", trace.agent)
            writer.field("session", trace.session)
            writer.field("model", trace.model)
            writer.field("spans", Int64(trace.spans))
            writer.field("errors", Int64(trace.errors))
            writer.field("tokens_in", Int64(trace.tokensIn))
            writer.field("tokens_out", Int64(trace.tokensOut))
            writer.key("cost_usd")
            if let cost = trace.cost { writer.double((cost * 1e9).rounded() / 1e9) } else { writer.null() }
            writer.key("reward")
            if let reward = trace.reward { writer.double((reward * 1e6).rounded() / 1e6) } else { writer.null() }
            writer.key("running")
            writer.bool(trace.isRunning)
            writer.key("inferred")
            writer.bool(trace.isInferred)
        }
        return writer.bytes
    }
}
