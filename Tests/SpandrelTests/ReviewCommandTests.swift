import Foundation
import Testing

/// `spandrel review` from outside: what is refused before any screen, and what the options lead to.
struct ReviewCommandTests {
    private static let pipeline = "SampleTraces/asp-pipeline.pb"

    /// Runs with a config.toml of the test's own.
    private func run(_ settings: String, _ arguments: [String]) throws -> Program {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = folder.appending(path: "spandrel")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        try Data(settings.utf8).write(to: own.appending(path: "config.toml"))
        return try Program.run(
            executable: "/usr/bin/env", ["XDG_CONFIG_HOME=\(folder.path())", Program.path] + arguments)
    }

    @Test(
        "refuses what cannot be meant, with what can be",
        arguments: [
            (["--order", "best"], "--order is one of oldest, newest, lowest, uncertain, errors, random, not 'best'"),
            (["--seed", "-1"], "--seed is a whole number from 0, not '-1'"),
            (["--where", "colour=red"], "--where: nothing is called colour"),
            (["--rubric", "care"], "there is no rubric care in config.toml; it has none"),
            (["--blind=1"], "--blind takes no value"), (["--colour", "red"], "review has no option --colour"),
        ])
    func usage(options: [String], message: String) throws {
        let program = try Program.run(executable: Program.path, ["review"] + options + [Self.pipeline])
        #expect(program.status == 2)
        #expect(program.complaints.contains(message), "\(program.complaints)")
        #expect(program.output.isEmpty)
    }

    @Test("wants a source, and refuses settings that contradict themselves, with file and line")
    func settings() throws {
        #expect(try Program.run("review").complaints.contains("name a file or a folder"))
        let program = try run(
            "[rubrics.care]\ncriteria = [\"safety\"]\nweights = [1, 2]\n", ["review", Self.pipeline])
        #expect(program.status == 2)
        #expect(program.complaints.contains("/spandrel/config.toml:3: the rubric care has 1 criteria and 2 weights"))
    }

    @Test("goes through the queue that the settings name, or that the options ask for")
    func queues() throws {
        let settings = """
            [rubrics.care]
            reasons = ["wrong"]
            [queues.daily]
            where = "errors>0"
            order = "newest"
            rubric = "care"
            """
        func heading(_ options: String...) throws -> String {
            let program = try run(
                settings, ["render", "--size", "100x24", "--author", "ann"] + options + [Self.pipeline])
            #expect(program.complaints.isEmpty && program.status == 0)
            return program.output.split(separator: "\n").dropFirst(2).first.map(String.init) ?? ""
        }
        let daily = try heading("--queue", "daily")
        #expect(daily.hasPrefix(" \u{201C}daily\u{201D} · 1 of 2 ") && daily.hasSuffix("care · ann"))
        #expect(
            try heading("--where", "errors=0", "--order", "lowest").contains("errors=0, lowest first\u{201D} · 1 of 2"))
        #expect(try heading("--queue", "daily", "--where", "errors=0").contains("daily\u{201D} · 1 of 2"))
        #expect(try heading("--queue", "mine").contains("mine\u{201D} · 1 of 4"))
        #expect(try heading("--order", "random", "--seed", "3").contains("all, random 3\u{201D} · 1 of 4"))
    }

    @Test("hides from who judges blind what others judged, in the review, the list and the tree")
    func blind() throws {
        for (keys, shown) in [("", ".90"), ("q", ".40"), ("<CR>", ".90")] {
            let render = ["render", "--size", "120x30", "--order", "oldest", "--keys", keys, Self.pipeline]
            let open = try Program.run(executable: Program.path, render)
            let blind = try Program.run(executable: Program.path, render + ["--blind"])
            #expect(open.output.contains(shown), "\(keys)")
            #expect(!blind.output.contains(shown), "\(keys)")
            #expect(blind.complaints.isEmpty && !blind.output.isEmpty)
        }
    }
}
