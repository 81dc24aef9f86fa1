import FileStore
import Glibc
import Judgements
import TraceGenerator
import TraceModel
import TraceStore

/// How long a verdict takes until the disk and the source have it, beside what the machine takes to sync a line.
enum JudgeCase: BenchCase {
    static let name = "judge"
    static let summary =
        "a verdict until the journal and the source have it, as a multiple of the machine's own fdatasync"

    /// Verdicts of one process, of which the median counts.
    private static let verdicts = 60

    static func run(_ bench: Bench) throws(BenchError) {
        let spans = try bench.file(TraceShape(spans: 1_000))
        try measure(bench, "into a sidecar", spans)
        for count in [100, 10_000] {
            let path = "\(bench.directory)/judge-\(count).jsonl"
            let text = (0..<count).map { triplet($0) }.joined()
            try SmallFile.write(text, to: path)
            let file = BenchFile(path: path, bytes: text.utf8.count, spans: count)
            try measure(bench, "into \(Figure.count(count)) triplets, \(Figure.bytes(file.bytes))", file)
        }
    }

    private static func measure(_ bench: Bench, _ what: String, _ file: BenchFile) throws(BenchError) {
        let figures = try bench.measure(Self.self, file)
        guard let verdict = figures["verdict"], let sync = figures["sync"] else { throw .failure("nothing was judged") }
        bench.report(
            Row(
                name: name, what: what, measurement: verdict, unit: Figure.seconds,
                beside: "\(Figure.ratio(verdict.median / sync.median)) a synced line, \(Figure.seconds(sync.median))"))
    }

    private static func triplet(_ number: Int) -> String {
        let state = String(repeating: "what was known then ", count: 10)
        return
            #"{"triplet_id": "step-\#(number)", "sequence_id": "TASK-\#(number / 20)", "sequence_index": \#(number % 20), "#
            + #""timestamp_utc": "2025-12-03T09:00:00", "state": {"text": "\#(state)"}, "action": {"tool": "search"}, "#
            + #""reward": null, "reward_assigned_at": null, "reward_source": null}"# + "\n"
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let folder = "\(file).judged"
        defer {
            for name in ["journal.jsonl", "delivered.jsonl"] { unlink("\(folder)/\(name)") }
            rmdir(folder)
            unlink(file + FileStore.sidecarSuffix)
        }
        let store = JudgedStore(FileStore([file]), JudgementOptions(directory: folder, author: "bench"))
        var last = StoreState()
        for await state in store.read() { last = state }
        var seconds: [Double] = []
        do throws(StoreError) {
            for trace in last.traces.ids where seconds.count < verdicts {
                let spans = try await store.spans(of: trace)
                for (place, span) in spans.refs.enumerated() where !spans.parents[place].isZero {
                    guard seconds.count < verdicts else { break }
                    let begun = ContinuousClock.now
                    let receipt = try await store.judge(
                        span, isWhole: false, Judgement(value: 1, verdict: .approve, author: "bench"))
                    seconds.append(begun.duration(to: .now).seconds)
                    if let reason = receipt.pending { throw StoreError(reason) }
                }
            }
        } catch {
            throw .failure(error.description)
        }
        return ["verdict": Measurement(seconds).median, "sync": try syncing(beside: file)]
    }

    /// Adding a line as long as a verdict's to a file, and syncing it.
    private static func syncing(beside file: String) throws(BenchError) -> Double {
        let path = "\(file).synced"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { throw .failure("\(path): \(String(cString: strerror(errno)))") }
        defer {
            close(descriptor)
            unlink(path)
        }
        let line = [UInt8](repeating: 120, count: 400)
        var seconds: [Double] = []
        for _ in 0..<verdicts {
            let begun = ContinuousClock.now
            guard write(descriptor, line, line.count) == line.count, fdatasync(descriptor) == 0 else {
                throw .failure("\(path): \(String(cString: strerror(errno)))")
            }
            seconds.append(begun.duration(to: .now).seconds)
        }
        return Measurement(seconds).median
    }
}
