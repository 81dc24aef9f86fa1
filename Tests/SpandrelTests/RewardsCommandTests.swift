import Foundation
import Testing

@Suite struct RewardsCommandTests {
    @Test("prints a line for each group, with its last rewards as a sparkline")
    func text() throws {
        let program = try Program.run("rewards", "SampleTraces")
        #expect(program.status == 0 && program.complaints.isEmpty)
        let lines = program.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("AGENT") == true)
        #expect(lines.dropFirst().first?.hasPrefix("Planning ") == true)
        #expect(lines.dropFirst().first?.contains("█▇██▆") == true)
    }

    @Test("tells the same as objects, grouped and filtered as asked")
    func json() throws {
        let agents = try Program.run("rewards", "--json", "SampleTraces").objects()
        let planning = try #require(agents.first { $0["name"] as? String == "Planning" })
        #expect(planning["by"] as? String == "agent" && planning["count"] as? Int == 5)
        #expect(planning["recent"] as? [Double] == [0.9, 0.8, 0.9, 0.9, 0.7])
        #expect((planning["bins"] as? [Int])?.reduce(0, +) == 5)
        #expect(abs((planning["mean"] as? Double ?? 0) - 0.84) < 1e-6)
        let days = try Program.run("rewards", "--by", "day", "--json", "SampleTraces").objects()
        #expect(days.map { $0["name"] as? String } == ["2026-11-20"])
        let some = try Program.run("rewards", "--where", "format=mhc", "--json", "SampleTraces").objects()
        #expect(Set(some.compactMap { $0["name"] as? String }) == ["MasterResponder", "Controller"])
        let models = try Program.run("rewards", "--by", "gen_ai.request.model", "--json", "SampleTraces/mhc-evening")
            .objects()
        #expect(models.map { $0["name"] as? String } == ["llama-3.1-8b-instant"])
    }

    @Test("says so where nothing is judged, or the question makes no sense")
    func nothing() throws {
        let none = try Program.run("rewards", "SampleTraces/support-cjk.jsonl")
        #expect(none.status == 0 && none.output.isEmpty && none.complaints.contains("nothing is judged"))
        let wrong = try Program.run("rewards", "--where", "reward>>", "SampleTraces")
        #expect(wrong.status == 2 && wrong.complaints.contains("--where"))
        #expect(try Program.run("score", "--by", "mood", "SampleTraces").status == 2)
    }

    /// A copy of a sample in a folder of its own, with a home for the journal.
    private func withCopy(of sample: String, _ work: (String, ([String]) throws -> Program) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appending(path: URL(filePath: sample).lastPathComponent)
        try FileManager.default.copyItem(at: Program.root.appending(path: sample), to: copy)
        let state = folder.appending(path: "state").path()
        try work(copy.path()) { arguments in
            try Program.run(
                executable: "/usr/bin/env", ["XDG_STATE_HOME=\(state)", Program.path] + arguments)
        }
    }

    private func rewards(_ path: String, of task: String) throws -> [Double?] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard object?["sequence_id"] as? String == task else { return nil }
            return object?["reward"] as? Double
        }
    }

    @Test(
        "hands a sequence's worth down by any strategy",
        arguments: [
            (["--strategy", "uniform"], [0.5, 0.5, 0.5, 0.5]),
            (["--strategy", "discounted", "--gamma", "0.5"], [0.0625, 0.125, 0.25, 0.5]),
            (["--strategy", "last-only"], [0.8, 0.4, 0.3, 0.5]),
            (["--strategy", "to-errors"], [0.8, 0.4, 0.3, 0.5]),
            (["--strategy", "by-tokens"], [0.5, 0.5, 0.5, 0.5]),
            (["--strategy", "terminal"], [0.5, 0.5, 0.5, 0.5]),
        ] as [([String], [Double?])])
    func handingDown(options: [String], values: [Double?]) throws {
        try withCopy(of: "SampleTraces/asp-triplets.jsonl") { path, run in
            let before = try rewards(path, of: "TASK-2026-0421")
            #expect(before == [0.8, 0.4, 0.3, 0])
            let program = try run(
                ["reward", "set", "--target", "sequence:TASK-2026-0421", "--value", "0.5"] + options + [path])
            #expect(program.status == 0, "\(program.complaints)")
            #expect(try rewards(path, of: "TASK-2026-0421") == values)
            #expect(try run(["reward", "undo", path]).status == 0)
            #expect(try rewards(path, of: "TASK-2026-0421") == before)
        }
    }

    @Test("judges sequences of sources that name none, by task and agent")
    func otherSources() throws {
        try withCopy(of: "SampleTraces/multi-agent-handoff.jsonl") { path, run in
            let trace = try #require(try run(["ls", "--json", path]).objects().first?["trace_id"] as? String)
            let target = "sequence:\(trace):researcher-1"
            let program = try run(["reward", "set", "--target", target, "--approve", path])
            #expect(program.status == 0, "\(program.complaints)")
            let groups = try run(["rewards", "--json", path]).objects()
            #expect(groups.map { $0["name"] as? String } == ["researcher-1"])
            #expect(groups.first?["mean"] as? Double == 1)
            let unknown = try run(["reward", "set", "--target", "sequence:\(trace):nobody", "--approve", path])
            #expect(unknown.status == 1 && unknown.complaints.contains("there is no sequence"))
        }
    }

    @Test(
        "refuses a strategy that makes no sense",
        arguments: [
            ["--target", "span:1", "--strategy", "discounted"], ["--target", "sequence:s", "--strategy", "sideways"],
            ["--target", "sequence:s", "--gamma", "0.5"],
            ["--target", "sequence:s", "--strategy", "discounted", "--gamma", "2"],
        ])
    func refusals(options: [String]) throws {
        let program = try Program.run(
            executable: Program.path, ["reward", "set", "--value", "1"] + options + ["SampleTraces"])
        #expect(program.status == 2 && program.complaints.contains("--"))
    }

    @Test("scores what nobody judged, once; a dry run writes nothing")
    func score() throws {
        try withCopy(of: "SampleTraces/mhc-evening") { path, run in
            let dry = try run(["score", "--dry-run", path])
            #expect(dry.status == 0 && dry.complaints.contains("1 would be scored"))
            #expect(try run(["reward", "list", path]).output.isEmpty)
            let program = try run(["score", path])
            #expect(program.status == 0 && program.output.contains("safety 1.0"))
            let list = try run(["reward", "list", "--json", path]).objects()
            #expect(list.count == 1)
            #expect(list.first?["author_kind"] as? String == "code")
            #expect((list.first?["dimensions"] as? [[String: Any]])?.count == 4)
            #expect(try run(["score", path]).complaints.contains("0 scored"))
        }
    }
}
