import TraceGenerator
import TraceStore

/// How long a file takes that was read before.
enum ReopenCase: BenchCase {
    static let name = "reopen"
    static let summary = "opening a file that was indexed before"

    static func run(_ bench: Bench) throws(BenchError) {
        let file = try bench.file(TraceShape(spans: bench.spans))
        let figures = try bench.measure(Self.self, file)
        guard let first = figures["first"], let again = figures["again"] else { return }
        bench.report(
            Row(
                name: name, what: "\(Figure.count(file.spans)) spans again", measurement: again, unit: Figure.seconds,
                beside: "\(Figure.ratio(first.median / again.median)) as fast as the first time, "
                    + Figure.seconds(first.median)))
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        var figures: [String: Double] = [:]
        for name in ["first", "again"] {
            let begun = ContinuousClock.now
            let reading = await WholeReading(file)
            figures[name] = begun.duration(to: .now).seconds
            guard reading.state.progress.isFinished else { throw .failure("\(file): could not be read to its end") }
        }
        return figures
    }
}
