import FileStore
import TraceAnalysis
import TraceGenerator
import TraceModel
import TraceStore

/// How long the tree of one large trace takes.
enum OpenTraceCase: BenchCase {
    static let name = "open-trace"
    static let summary = "from a trace in the list to its tree: one trace with all the spans"

    static func run(_ bench: Bench) throws(BenchError) {
        let file = try bench.file(LargeTraces.one(spans: bench.spans))
        let figures = try bench.measure(Self.self, file)
        let cat = try Yardstick.reading(file, runs: bench.runs).median
        for (figure, what) in [("spans", "its spans"), ("tree", "and its tree")] {
            guard let seconds = figures[figure] else { continue }
            bench.report(
                Row(
                    name: name, what: "\(what), \(Figure.count(file.spans))", measurement: seconds,
                    unit: Figure.seconds, beside: "cat of the file: \(Figure.seconds(cat))"))
        }
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let reading = await WholeReading(file)
        guard let trace = reading.state.traces.ids.first else { throw .failure("\(file): no trace was read") }
        do throws(StoreError) {
            let begun = ContinuousClock.now
            let spans = try await reading.store.spans(of: trace)
            let read = begun.duration(to: .now).seconds
            withExtendedLifetime(SpanTree(spans)) {}
            return ["spans": read, "tree": begun.duration(to: .now).seconds]
        } catch {
            throw .failure(error.description)
        }
    }
}
