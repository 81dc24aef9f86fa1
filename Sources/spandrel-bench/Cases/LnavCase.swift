import TraceFormats
import TraceGenerator

/// The same files in lnav, the log viewer that indexes JSON lines.
///
/// lnav is given a format for these lines, so that it parses each of them as JSON, as deep as the start times of the
/// spans, and a query that it can answer only when all is indexed. It indexes a line where Spandrel indexes each span
/// on it; where a span is on a line of its own, both index as many things.
enum LnavCase: BenchCase {
    static let name = "lnav"
    static let summary = "lnav on the same JSON lines, where it is installed"

    static func run(_ bench: Bench) throws(BenchError) {
        guard ChildProcess.exists("lnav") else { return Terminal.complain("lnav is not installed: passed over") }
        let home = "\(bench.directory)/lnav"
        _ = try ChildProcess.run(["mkdir", "-p", "\(home)/formats/otlp"])
        try SmallFile.write(format, to: "\(home)/formats/otlp/otlp.json")

        // What either takes before it has read anything.
        try measure(bench, try bench.file(TraceShape(spans: 1)), "one span", home: home)
        var shape = TraceShape(spans: bench.spans)
        try measure(bench, try bench.file(shape), "\(shape.batchSpans) spans a line", home: home)
        shape = TraceShape(spans: max(1000, bench.spans / 4))
        shape.batchSpans = 1
        try measure(bench, try bench.file(shape), "a span a line", home: home)
    }

    private static func measure(
        _ bench: Bench, _ file: BenchFile, _ what: String, home: String
    ) throws(BenchError) {
        var wall: [Double] = []
        var lines = "0"
        for _ in 0..<bench.runs {
            // In a home of its own: it keeps a history, and its own formats take part in recognising the file.
            let words = [
                "env", "HOME=\(home)", "lnav", "-n", "-I", home, "-c", ";SELECT count(*) AS n FROM otlp_log", file.path,
            ]
            let result = try ChildProcess.run(words)
            wall.append(result.seconds)
            lines = result.output.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? "0"
        }
        guard let indexed = Int(lines), indexed > 0 else { throw .failure("lnav did not index \(file.path)") }
        let theirs = Measurement(wall)
        bench.report(
            Row(
                name: name, what: "lnav, \(what)", measurement: theirs, unit: Figure.seconds,
                beside: "\(Figure.bytes(file.bytes)); \(Figure.count(indexed)) lines indexed"))
        guard let ours = try bench.measure(Self.self, file)["wall"] else { return }
        bench.report(
            Row(
                name: name, what: "Spandrel, \(what)", measurement: ours, unit: Figure.seconds,
                beside: "\(Figure.ratio(theirs.median / ours.median)) as fast; "
                    + "\(Figure.count(file.spans)) spans indexed"))
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let begun = ContinuousClock.now
        _ = await WholeReading(file)
        return ["wall": begun.duration(to: .now).seconds]
    }

    private static let format = """
        {
          "$schema": "https://lnav.org/schemas/format-v1.schema.json",
          "otlp_log": {
            "title": "OTLP JSON lines",
            "json": true,
            "hide-extra": true,
            "file-pattern": "otlp-jsonl",
            "line-format": [{ "field": "__timestamp__" }],
            "timestamp-field": "resourceSpans#/scopeSpans#/spans#/startTimeUnixNano"
          }
        }
        """
}
