import Foundation
import Testing

/// The commands as a script sees them.
struct CommandTests {
    private func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test("ls --json has every field for every trace")
    func list() throws {
        let run = try Program.run("ls", "--json", Program.samples)
        #expect(run.status == 0)
        let traces = try objects(run.output)
        #expect(traces.count > 100)
        let fields: Set = [
            "trace_id", "source", "format", "start", "duration_ns", "root", "service", "agent", "spans", "errors",
            "tokens_in", "tokens_out", "cost_usd", "reward", "inferred",
        ]
        for trace in traces { #expect(fields.isSubset(of: Set(trace.keys))) }
    }

    @Test("show --json has every field, in the order of the tree")
    func show() throws {
        let run = try Program.run("show", "--json", "88f325", Program.samples)
        #expect(run.status == 0)
        let spans = try objects(run.output)
        #expect(spans.count == 28)
        let fields: Set = [
            "span_id", "parent_id", "depth", "name", "kind", "status", "start", "duration_ns", "attributes", "events",
            "links",
            "inferred",
        ]
        var seen: Set<String> = []
        for span in spans {
            #expect(fields.isSubset(of: Set(span.keys)))
            #expect(span["attributes"] is [String: Any])
            if let parent = span["parent_id"] as? String { #expect(seen.contains(parent)) }
            seen.insert(try #require(span["span_id"] as? String))
        }
    }

    @Test("exit status and problems are as promised")
    func statuses() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let span =
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"01","name":"a\u001b]0;evil\u0007\u009b2J\u202e","startTimeUnixNano":"5","endTimeUnixNano":"9","attributes":[{"key":"\u001b[31m","value":{"stringValue":"\u0000\u001b]52;c;aGk=\u0007"}}]}]}]}]}"#
        let file = folder.appendingPathComponent("a.jsonl").path
        try (span + "\nnot json\n").write(toFile: file, atomically: true, encoding: .utf8)

        let bad = try Program.run("ls", file)
        #expect(bad.status == 0)
        #expect(bad.errors == "\(file):2: not JSON from character 1 on\n1 problem\n")
        #expect(try Program.run("ls", folder.path + "/none").status == 1)
        #expect(try Program.run("ls").status == 2)
        #expect(try Program.run("ls", "--frob", file).status == 2)
        #expect(try Program.run("render", "--size", "wide", file).status == 2)
        #expect(try Program.run("render", "--size", "80x24", "--keys", "<Nokey>", file).status == 2)
        #expect(try Program.run("show", "8", Program.samples).status == 2)
        #expect(try Program.run("show", "ffffffffff", Program.samples).status == 1)
        #expect(try Program.run("show", "88f325", Program.samples).status == 0)

        // Nothing that a terminal would obey comes out, whatever is in the trace.
        for output in [
            bad.output, try Program.run("show", "5b8e", file).output,
            try Program.run("show", "--json", "5b8e", file).output,
            try Program.run("ls", "--json", file).output,
            try Program.run("render", "--size", "80x24", "--keys", "<CR><Tab>jl", file).output,
        ] {
            #expect(!output.isEmpty)
            let controls = output.unicodeScalars.filter {
                $0.value < 0x20 && $0 != "\n" || (0x7F..<0xA0).contains($0.value)
            }
            #expect(controls.isEmpty, "\(controls.map(\.value)) in \(output.debugDescription)")
        }
    }

    @Test("the README's tables are those of the program")
    func readme() throws {
        let readme = try String(contentsOf: Program.root.appendingPathComponent("README.md"), encoding: .utf8)
        let tables = readme.components(separatedBy: "<!-- tables -->\n").last?.components(
            separatedBy: "<!-- /tables -->"
        ).first
        #expect(tables == (try Program.run("help", "--readme").output))
    }

    @Test("the manual is one that man can read")
    func manual() throws {
        let run = try Program.run("man")
        #expect(run.output.hasPrefix(".TH SPANDREL 1"))
        #expect(run.output.contains("render"))
    }
}
