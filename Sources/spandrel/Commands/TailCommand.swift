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

    /// Tells of spans once as they come and once more when they are otherwise.
    private struct News {
        let isJSON: Bool
        private var told: [Key: SpanTraits] = [:]
        private var cursor: SpanFeed.Cursor?
        private static let remembered = 200_000

        private struct Key: Hashable {
            var trace: TraceID
            var span: SpanID
        }

        init(isJSON: Bool) { self.isJSON = isJSON }

        mutating func take(_ state: StoreState, from store: JudgedStore) async {
            let isFirst = cursor == nil
            if isFirst { Reading.complain(state.problems) }
            let feed = await store.feed(after: cursor, limit: isFirst ? TailCommand.last : .max)
            cursor = feed.cursor
            var output = OutputBuffer()
            for entry in feed.entries
            where told.updateValue(entry.traits, forKey: Key(trace: entry.trace, span: entry.id)) != entry.traits {
                output.line(line(entry))
            }
            output.flush()
            // What has ended does not come again, but for spans told in pieces while they are.
            if told.count > Self.remembered { told = told.filter { $0.value.isRunning } }
        }

        private func line(_ span: SpanFeed.Entry) -> [UInt8] {
            let traits = span.traits
            guard !isJSON else {
                var writer = JSONWriter()
                writer.object { writer in
                    writer.field("trace_id", span.traceName)
                    writer.field("span_id", "\(span.id)")
                    writer.field("name", span.name)
                    writer.field("service", span.service)
                    writer.field("status", traits.status.name)
                    writer.field("start", span.start)
                    writer.key("duration_ns")
                    if traits.isRunning { writer.null() } else { writer.int(span.duration) }
                    writer.key("running")
                    writer.bool(traits.isRunning)
                }
                return writer.bytes
            }
            let time = LocalTime.civil(span.start)
            let state = traits.isRunning ? "◌ running" : Figures.duration(span.duration)
            let mark = traits.status == .error ? "✗ " : ""
            let text = "\(time.clock)  \(span.service)  \(mark)\(span.name)  \(state)  \(span.traceName.prefix(16))"
            return Array(Display.printable(text).utf8)
        }
    }
}
