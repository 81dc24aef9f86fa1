import FileStore
import Synchronization
import TraceGenerator
import TraceModel
import TraceStore

/// How fast all bodies of a file are searched.
enum SearchCase: BenchCase {
    static let name = "search"
    static let summary = "looking for a text that is in no span, so that every one is read"

    static func run(_ bench: Bench) throws(BenchError) {
        let file = try bench.file(TraceShape(spans: bench.spans))
        guard let seconds = try bench.measure(Self.self, file)["seconds"] else { return }
        let cat = try Yardstick.reading(file, runs: bench.runs).median
        bench.report(
            Row(
                name: name, what: "in \(Figure.bytes(file.bytes))",
                measurement: seconds.map { Double(file.bytes) / $0 }, unit: Row.rate,
                beside: "\(Figure.ratio(cat / seconds.median)) cat's \(Row.rate(Double(file.bytes) / cat)); "
                    + Figure.seconds(seconds.median)))
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let reading = await WholeReading(file)
        guard let needle = SearchText("zebra crossing") else { return [:] }
        let matches = Mutex(0)
        let begun = ContinuousClock.now
        do throws(StoreError) {
            try await reading.store.find(needle, in: nil) { found in matches.withLock { $0 += found.count } }
        } catch {
            throw .failure(error.description)
        }
        let seconds = begun.duration(to: .now).seconds
        guard matches.withLock({ $0 == 0 }) else { throw .failure("\(file): the text should not be there") }
        return ["seconds": seconds]
    }
}
