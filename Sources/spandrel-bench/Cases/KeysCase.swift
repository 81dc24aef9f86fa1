import Cells
import Explorer
import FileStore
import Session
import TraceGenerator

/// How long a key takes to become a frame, in lists and trees of a million.
enum KeysCase: BenchCase {
    static let name = "keys"
    static let summary = "from a key to its frame, the slowest of five: a list of many traces, a tree of many spans"

    private static let inList = ["j", "k", "<C-d>", "G", "g", "s", "e"]
    private static let inTree = ["j", "k", "<C-d>", "G", "g", "[", "]", "o", "p", "s", "e", "h", "l", "z", "Z"]

    static func run(_ bench: Bench) throws(BenchError) {
        try measure(bench, try bench.file(LargeTraces.many(bench.spans)), inList, "list", "traces")
        try measure(bench, try bench.file(LargeTraces.one(spans: bench.spans)), inTree, "tree", "spans")
    }

    private static func measure(
        _ bench: Bench, _ file: BenchFile, _ keys: [String], _ view: String, _ what: String
    ) throws(BenchError) {
        let figures = try bench.measure(Self.self, file, [view])
        for (index, key) in keys.enumerated() {
            guard let seconds = figures["\(index)"] else { continue }
            bench.report(
                Row(
                    name: name, what: "\(key) in a \(view) of \(Figure.count(file.spans)) \(what)",
                    measurement: seconds, unit: Figure.seconds,
                    beside: "\(Figure.ratio(seconds.median / 0.016)) a frame of 16 ms"))
        }
    }

    /// The keys one after the other; the slowest of several rounds for each.
    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let screen = try HeadlessScreen()
        let session = Session(FileStore([file]), HeadlessScreen.state)
        session.start()
        await session.settle()
        let isTree = arguments.first == "tree"
        if isTree {
            session.handle(.input(.key(.enter)))
            await session.settle()
        }
        var figures: [String: Double] = [:]
        for _ in 0..<5 {
            for (index, text) in (isTree ? inTree : inList).enumerated() {
                guard let key = try? Key.parse(text).first else { throw .failure("'\(text)' is no key") }
                let begun = ContinuousClock.now
                session.handle(.input(.key(key)))
                screen.draw(session.state)
                let seconds = begun.duration(to: .now).seconds
                figures["\(index)"] = max(figures["\(index)"] ?? 0, seconds)
                await session.settle()
            }
        }
        return figures
    }
}
