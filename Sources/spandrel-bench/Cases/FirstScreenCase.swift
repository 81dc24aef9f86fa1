import Explorer
import ExplorerViews
import FileStore
import Session
import TraceGenerator
import TraceModel
import TraceStore

/// How long a person waits until there is something to look at.
enum FirstScreenCase: BenchCase {
    static let name = "first-screen"
    static let summary = "from opening a file to the first traces, and to the first screen that shows them"

    static func run(_ bench: Bench) throws(BenchError) {
        var shape = TraceShape(spans: 1000)
        try measure(bench, try bench.file(shape))
        shape.spans = bench.spans
        try measure(bench, try bench.file(shape))
    }

    private static func measure(_ bench: Bench, _ file: BenchFile) throws(BenchError) {
        let figures = try bench.measure(Self.self, file)
        let cat = try Yardstick.reading(file, runs: bench.runs).median
        for (figure, what) in [("state", "first traces"), ("screen", "first screen")] {
            guard let seconds = figures[figure] else { continue }
            bench.report(
                Row(
                    name: name, what: "\(what), \(Figure.bytes(file.bytes))", measurement: seconds,
                    unit: Figure.seconds, beside: "cat of the whole: \(Figure.seconds(cat))"))
        }
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let screen = try HeadlessScreen()
        let begun = ContinuousClock.now
        let store = FileStore([file])
        let session = Session(store, HeadlessScreen.state)
        var figures: [String: Double] = [:]
        session.changed = {
            guard figures.isEmpty, session.state.traces.table.count > 0 else { return }
            figures["state"] = begun.duration(to: .now).seconds
            screen.draw(session.state)
            figures["screen"] = begun.duration(to: .now).seconds
            store.cancelReading()
        }
        session.start()
        await session.settle()
        return figures
    }
}
