import FileStore
import Glibc
import TraceGenerator
import TraceModel
import TraceStore

/// How fast the files of other systems are translated and indexed, beside OTLP's JSON lines.
enum FormatsCase: BenchCase {
    static let name = "formats"
    static let summary =
        "reading other systems' files to their end, beside OTLP's JSON lines; a folder of 100,000 calls"

    private static let bytes = 64 << 20
    private static let calls = 100_000

    static func run(_ bench: Bench) throws(BenchError) {
        let plain = try bench.file(TraceShape(spans: max(1000, bench.spans / 16)))
        let otlp = try bench.measure(Self.self, plain)
        guard let whole = otlp["seconds"], let wholeSpans = otlp["spans"] else { return }
        let rate = Double(plain.bytes) / whole.median
        let otlpSpanRate = wholeSpans.median / whole.median
        report(bench, "otlp-jsonl", plain.bytes, whole, beside: "what the others are measured by")
        for format in ForeignFile.allCases {
            let file = try file(format, bench)
            let figures = try bench.measure(Self.self, file)
            guard let seconds = figures["seconds"], let spans = figures["spans"] else { continue }
            let share = Figure.ratio(Double(file.bytes) / seconds.median / rate)
            // A line is a record, whether a span comes of it or only a part of one.
            let count = format.isLines ? try lines(of: file) : spans.median
            let recordRate = count / seconds.median
            report(
                bench, format.rawValue, file.bytes, seconds,
                beside: "\(share) OTLP's rate; \(Figure.count(recordRate)) \(format.isLines ? "lines" : "spans")/s, "
                    + "\(Figure.ratio(recordRate / otlpSpanRate)) OTLP's spans")
        }
        try runFolder(bench)
    }

    private static func report(
        _ bench: Bench, _ what: String, _ bytes: Int, _ seconds: Measurement, beside: String
    ) {
        bench.report(
            Row(name: name, what: what, measurement: seconds.map { Double(bytes) / $0 }, unit: Row.rate, beside: beside)
        )
    }

    private static func lines(of file: BenchFile) throws(BenchError) -> Double {
        Double(try ChildProcess.run(["sh", "-c", "wc -l <\"$1\"", "sh", file.path]).output.filter(\.isNumber)) ?? 0
    }

    private static func runFolder(_ bench: Bench) throws(BenchError) {
        let folder = "\(bench.directory)/mhc-\(calls)"
        try makeFolder(folder)
        let figures = try bench.measure(Self.self, BenchFile(path: folder, bytes: 0, spans: calls))
        for (figure, what) in [("first", "first traces"), ("seconds", "all")] {
            guard let seconds = figures[figure] else { continue }
            bench.report(
                Row(
                    name: name, what: "mhc folder of \(Figure.count(Double(calls))) files, \(what)",
                    measurement: seconds,
                    unit: Figure.seconds, beside: "\(Figure.count(Double(calls) / seconds.median)) files/s"))
        }
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let begun = ContinuousClock.now
        var first: Double?
        let store = FileStore([file])
        var last = StoreState()
        for await state in store.read() {
            if first == nil, state.traces.count > 0 { first = begun.duration(to: .now).seconds }
            last = state
        }
        withExtendedLifetime(store) {}
        return [
            "seconds": begun.duration(to: .now).seconds, "first": first ?? 0, "spans": Double(last.progress.spans),
        ]
    }

    private static func file(_ format: ForeignFile, _ bench: Bench) throws(BenchError) -> BenchFile {
        let path = "\(bench.directory)/\(format.rawValue)-as-left-\(bytes).\(format.isLines ? "jsonl" : "json")"
        if SmallFile.size(path) == nil {
            Terminal.complain("making \(path) …")
            let output = try OutputFile(path + ".part")
            var (written, number) = (0, 0)
            try output.write(Array(format.frame.open.utf8))
            while written < bytes {
                var block: [UInt8] = []
                while block.count < 1 << 20 {
                    if number > 0 { block += format.frame.between.utf8 }
                    block += format.record(number).utf8
                    number += 1
                }
                try output.write(block)
                written += block.count
            }
            try output.write(Array(format.frame.close.utf8))
            try output.close()
            guard rename(path + ".part", path) == 0 else {
                throw .failure("\(path): \(String(cString: strerror(errno)))")
            }
        }
        let file = BenchFile(path: path, bytes: SmallFile.size(path) ?? 0, spans: 0)
        _ = try file.cat()
        return file
    }

    /// A day's folder after the other, a call a file, as mhc leaves them.
    private static func makeFolder(_ folder: String) throws(BenchError) {
        if access("\(folder)/whole", F_OK) == 0 { return }
        Terminal.complain("making \(folder) …")
        mkdir(folder, 0o755)
        for number in 0..<calls {
            let day = "\(folder)/202612\(10 + number / 10_000)"
            if number % 10_000 == 0 { mkdir(day, 0o755) }
            let clock = "\(100_000 + number % 86_400)_\(100_000 + number)"
            let id = "Controller_202612\(10 + number / 10_000)_\(clock)"
            let call = #"""
                {"trace_id": "\#(id)", "component": "Controller", "timestamp_start": "2026-12-10T10:00:00.000001",
                "prompt": "How do I calm down before a talk?", "metadata": {"model": "llama-3.1-8b-instant"},
                "response": {"choices": [{"message": {"role": "assistant", "content": "Breathe."}}],
                "usage": {"prompt_tokens": 28, "completion_tokens": 4}}, "latency_ms": 700, "reward": null}
                """#
            let output = try OutputFile("\(day)/\(id).json")
            try output.write(Array(call.utf8))
            try output.close()
        }
        try OutputFile("\(folder)/whole").close()
    }
}
