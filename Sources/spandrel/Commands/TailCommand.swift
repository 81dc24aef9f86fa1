import Cells
import FileStore
import Glibc
import Judgements
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel tail`: spans as they come, a line each.
enum TailCommand {
    /// What is there already is only hinted at.
    private static let last = 10

    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let sources = try arguments.sources()
        let store = JudgedStore(FileStore(sources, options: try Reading.options(isFollowing: true)))
        var news = News(isJSON: arguments.has("--json"))
        for await state in store.read() where state.progress.isFinished {
            await news.take(state, from: store)
        }
        return 0
    }

    /// Spans that have been told, and how they were then.
    private struct News {
        let isJSON: Bool
        private var told: [TraceID: (spans: UInt32, duration: Int64, rows: [SpanID: SpanTraits])] = [:]
        private var isFirst = true

        init(isJSON: Bool) { self.isJSON = isJSON }

        mutating func take(_ state: StoreState, from store: JudgedStore) async {
            if isFirst { Reading.complain(state.problems) }
            var lines: [(time: Int64, line: [UInt8])] = []
            for position in 0..<state.traces.count {
                let trace = state.traces[position]
                if let known = told[trace.id], known.spans == UInt32(trace.spans), known.duration == trace.duration {
                    continue
                }
                guard let table = try? await store.spans(of: trace.id) else { continue }
                var rows = told[trace.id]?.rows ?? [:]
                for span in 0..<table.count where rows[table.ids[span]] != table.traits[span] {
                    rows[table.ids[span]] = table.traits[span]
                    lines.append((table.starts[span], line(span, table, trace)))
                }
                told[trace.id] = (UInt32(trace.spans), trace.duration, rows)
            }
            lines.sort { $0.time < $1.time }
            var output = OutputBuffer()
            for line in isFirst ? lines.suffix(TailCommand.last) : lines[...] { output.line(line.line) }
            output.flush()
            isFirst = false
        }

        private func line(_ span: Int, _ table: SpanTable, _ trace: TraceSummary) -> [UInt8] {
            let traits = table.traits[span]
            let name = table.strings[table.names[span]]
            let service = table.strings[table.services[span]]
            guard !isJSON else {
                var writer = JSONWriter()
                writer.object { writer in
                    writer.field("trace_id", trace.givenID)
                    writer.field("span_id", "\(table.ids[span])")
                    writer.field("name", name)
                    writer.field("service", service)
                    writer.field("status", traits.status.name)
                    writer.field("start", table.starts[span])
                    writer.key("duration_ns")
                    if traits.isRunning { writer.null() } else { writer.int(table.durations[span]) }
                    writer.key("running")
                    writer.bool(traits.isRunning)
                }
                return writer.bytes
            }
            let time = LocalTime.civil(table.starts[span])
            let state = traits.isRunning ? "◌ running" : Figures.duration(table.durations[span])
            let mark = traits.status == .error ? "✗ " : ""
            let text = "\(time.clock)  \(service)  \(mark)\(name)  \(state)  \(trace.givenID.prefix(16))"
            return Array(Display.printable(text).utf8)
        }
    }
}
