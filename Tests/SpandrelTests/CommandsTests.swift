import Foundation
import FoundationXML
import Testing

@Suite struct CommandsTests {
    @Test("lists traces as objects with all that is promised")
    func list() throws {
        let program = try Program.run("ls", "--json", "SampleTraces")
        let traces = try program.objects()
        #expect(program.status == 0)
        #expect(traces.count == 134)
        let promised: Set = [
            "trace_id", "source", "format", "start", "duration_ns", "root", "service", "agent", "spans", "errors",
            "tokens_in",
            "tokens_out", "cost_usd", "reward", "inferred",
        ]
        for trace in traces { #expect(promised.subtracting(trace.keys).isEmpty) }
        let story = try #require(traces.first { $0["root"] as? String == "Engine.Run" })
        #expect(story["spans"] as? Int == 225)
        #expect((story["trace_id"] as? String)?.count == 32)
    }

    @Test("shows spans as objects, parents first")
    func show() throws {
        let traces = try Program.run("ls", "--json", "SampleTraces/coding-agent-retries.json").objects()
        let id = try #require(traces.first?["trace_id"] as? String)
        let program = try Program.run("show", "--json", id, "SampleTraces/coding-agent-retries.json")
        let spans = try program.objects()
        #expect(spans.count == 26)
        let promised: Set = [
            "span_id", "parent_id", "depth", "name", "kind", "status", "start", "duration_ns", "attributes", "events",
            "links",
            "inferred",
        ]
        var seen: Set<String> = []
        for span in spans {
            #expect(promised.subtracting(span.keys).isEmpty)
            #expect(span["attributes"] is [String: Any] && span["events"] is [Any] && span["links"] is [Any])
            if let parent = span["parent_id"] as? String { #expect(seen.contains(parent)) }
            seen.insert(try #require(span["span_id"] as? String))
        }
        #expect(spans[0]["depth"] as? Int == 0)
        #expect(spans[0]["parent_id"] is NSNull)
        #expect(spans.contains { $0["status"] as? String == "error" })
        let text = try Program.run("show", String(id.prefix(20)), "SampleTraces/coding-agent-retries.json")
        #expect(text.status == 0)
        #expect(text.output.contains("invoke_agent coding-agent"))
    }

    @Test("wants a beginning that only one trace has")
    func prefixes() throws {
        let ambiguous = try Program.run("show", "", "SampleTraces")
        #expect(ambiguous.status == 2)
        #expect(ambiguous.complaints.contains("134 traces begin with"))
        let unknown = try Program.run("show", "zz", "SampleTraces")
        #expect(unknown.status == 1)
        #expect(unknown.complaints.contains("no trace begins with zz"))
        #expect(ambiguous.output.isEmpty && unknown.output.isEmpty)
    }

    @Test(
        "ends with 2 where the command is wrong, and says how",
        arguments: [
            (["ls"], "name a file"), (["ls", "--nope", "x"], "--nope"), (["render", "SampleTraces"], "--size"),
            (["render", "--size", "0x0", "SampleTraces"], "--size"), (["show"], "name a trace"),
            (["render", "--size", "80x24", "--keys", "<Nope>", "SampleTraces"], "<Nope>"),
            (["render", "--size", "80x24", "--theme", "nope", "SampleTraces"], "nope"), (["-z"], "-z"),
        ])
    func usage(arguments: [String], word: String) throws {
        let program = try Program.run(executable: Program.path, arguments)
        #expect(program.status == 2)
        #expect(program.complaints.contains(word))
        #expect(program.output.isEmpty)
    }

    @Test("ends with 1 where nothing could be read")
    func nothing() throws {
        let missing = try Program.run("ls", "/no/such/file")
        #expect(missing.status == 1)
        #expect(missing.complaints.contains("/no/such/file: "))
        let empty = try withFile("empty.jsonl", "") { try Program.run("ls", $0) }
        #expect(empty.status == 1)
    }

    @Test("says what could not be read, where, and how much of it")
    func problems() throws {
        let good = Self.line(name: "works")
        try withFile("mixed.jsonl", "\(good)\n{\"resourceSpans\": oops\n\(good)\n") { file in
            let program = try Program.run("ls", file)
            #expect(program.status == 0)
            #expect(program.output.contains("works"))
            let lines = program.complaints.split(separator: "\n")
            #expect(lines.first?.contains("mixed.jsonl:2: ") == true)
            #expect(lines.last == "1 problem")
        }
    }

    @Test("names the first of many that could not be read for one reason, and counts them all")
    func manyProblems() throws {
        let broken = (1...9).map { "{\"resourceSpans\": [{\($0)\n" }.joined()
        try withFile("mixed.jsonl", "\(Self.line(name: "works"))\n\(broken)") { file in
            let lines = try Program.run("ls", file).complaints.split(separator: "\n")
            #expect(lines.count == 4)
            #expect(lines.dropLast().enumerated().allSatisfy { $1.contains("mixed.jsonl:\($0 + 2): ") })
            #expect(lines.last?.hasPrefix("9 problems, of which the first of each kind are shown; ") == true)
        }
    }

    @Test("measures nothing where nothing has a time")
    func noTimes() throws {
        let line = #"{"level":"info","msg":"one","correlationId":"r1","agentId":"a"}"# + "\n"
        try withFile("log.jsonl", line) { file in
            #expect(try Program.run("ls", file).output.contains("no time                  2     ·       · "))
            let screen = try Program.run("render", "--size", "80x12", "--keys", "<Enter>", file).output
            #expect(screen.contains("2 spans · no time"))
            #expect(screen.contains(/agent a +no time *\n/))
        }
    }

    @Test("is quiet when its reader goes away")
    func closedPipe() throws {
        let program = try Program.run(
            executable: "/bin/bash",
            [
                "-c",
                "\"$SPANDREL\" show --json '' SampleTraces/writehere-story.jsonl | head -c 1; echo \" ${PIPESTATUS[0]}\"",
            ])
        #expect(program.complaints.isEmpty)
        #expect(program.output == "{ 0\n")
    }

    @Test(
        "never writes a control code that came from a trace",
        arguments: [
            ["ls"], ["ls", "--json"], ["show", ""], ["show", "--json", ""],
            ["render", "--size", "90x20", "--keys", "<Enter><Tab>"],
        ])
    func hostile(command: [String]) throws {
        let evil = #"\u001b]0;owned\u0007\u001b[2J\u009b31m\u0000\u007f\u0085\u202e"#
        try withFile("evil.jsonl", Self.line(name: evil)) { file in
            let program = try Program.run(executable: Program.path, command + [file])
            #expect(program.status == 0)
            #expect(program.output.contains("owned"))
            let codes = program.output.unicodeScalars.filter {
                $0 != "\n" && $0.properties.generalCategory == .control
            }
            #expect(codes.isEmpty)
        }
    }

    @Test("bears rewards and times that make no sense")
    func absurd() throws {
        let line = Self.line(name: "absurd").replacing("\"doubleValue\":0.5", with: "\"doubleValue\":1e300")
            .replacing("1763647201000000000", with: "18446744073709551615")
        try withFile("absurd.jsonl", line) { file in
            for command in [["ls"], ["show", "0"], ["render", "--size", "120x30", "--keys", "<Enter>s<Tab>"]] {
                let program = try Program.run(executable: Program.path, command + [file])
                #expect(program.status == 0, "\(command)")
            }
        }
    }

    @Test("reads more files that it has to keep open than the shell lets a program open at first")
    func manyFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-many-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Too long to be taken for small, of which nothing is kept.
        let filler = String(repeating: "long ago ", count: 8_000)
        for number in 100..<180 {
            let line =
                #"{"triplet_id": "t\#(number)", "sequence_id": "S-\#(number)", "sequence_index": 0, "timestamp_utc": "2025-12-03T09:00:00", "state": {"a": "\#(filler)"}, "action": {"success": true}, "reward": null}"#
            try Data((line + "\n").utf8).write(to: folder.appending(path: "\(number).jsonl"))
        }
        let program = try Program.run(
            executable: "/bin/bash", ["-c", "ulimit -Sn 64; exec \"$SPANDREL\" ls --json '\(folder.path())'"])
        #expect(program.status == 0 && program.complaints == "")
        #expect(program.output.split(separator: "\n").count == 80)
    }

    @Test("has in the README the tables that help prints")
    func readme() throws {
        let text = try String(contentsOf: Program.root.appending(path: "README.md"), encoding: .utf8)
        let parts = text.split(separator: "<!-- tables -->", maxSplits: 1)
        let tables = try #require(parts.last?.split(separator: "<!-- /tables -->", maxSplits: 1).first)
        let help = try Program.run("help", "--readme").output
        #expect(tables.trimmingCharacters(in: .newlines) == help.trimmingCharacters(in: .newlines))
    }

    @Test("prints help, version and a manual page that roff takes")
    func words() throws {
        let help = try Program.run("help").output
        #expect(help.contains("spandrel ls"))
        let version = try Program.run("--version").output
        #expect(version.hasPrefix("spandrel "))
        let page = try Program.run("man").output
        #expect(page.hasPrefix(".TH SPANDREL 1"))
        for line in page.split(separator: "\n") where line.hasPrefix("'") { Issue.record("roff obeys \(line)") }
    }

    private static func line(name: String) -> String {
        let span =
            #"{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"NAME","startTimeUnixNano":"1763647200000000000","endTimeUnixNano":"1763647201000000000","status":{"code":2,"message":"NAME"},"attributes":[{"key":"NAME","value":{"stringValue":"NAME"}},{"key":"rl.reward","value":{"doubleValue":0.5}},{"key":"gen_ai.agent.name","value":{"stringValue":"NAME"}}]}"#
        return #"{"resourceSpans":[{"scopeSpans":[{"spans":["# + span.replacing("NAME", with: name) + "]}]}]}"
    }

    @Test("draws a mission for other programs, as it is and as it stood")
    func graph() throws {
        let mission = "SampleTraces/stage7-mission"
        let id = try #require(try Program.run("ls", "--json", mission).objects().first?["trace_id"] as? String)
        func json(_ options: String...) throws -> [String: Any] {
            try #require(
                try Program.run(executable: Program.path, ["graph", "--json"] + options + [id, mission]).objects().first
            )
        }
        let now = try json()
        #expect(now["origin"] as? String == "plan")
        let nodes = try #require(now["nodes"] as? [[String: Any]])
        #expect(nodes.count == 9)
        let promised: Set = [
            "id", "label", "kind", "state", "agent", "start", "duration_ns", "parent", "spans", "reward",
        ]
        for node in nodes { #expect(promised.subtracting(node.keys).isEmpty) }
        let ids = Set(nodes.compactMap { $0["id"] as? String })
        for edge in try #require(now["edges"] as? [[String: Any]]) {
            #expect(ids.contains(edge["from"] as? String ?? "") && ids.contains(edge["to"] as? String ?? ""))
        }
        let first = try json("--at", "1")
        #expect((first["nodes"] as? [Any])?.count == 1)
        let middle = try json("--at", "2026-11-20T14:40:20Z")
        let states = (middle["nodes"] as? [[String: Any]])?.compactMap { $0["state"] as? String } ?? []
        #expect(states.contains("running") && !states.contains("failed"))
        #expect(try Program.run("graph", "--at", "999", id, mission).status == 2)

        let svg = try Program.run("graph", "--svg", id, mission).output
        let parser = XMLParser(data: Data(svg.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(svg.components(separatedBy: "<rect class=\"box").count == 10)
        #expect(try Program.run("graph", "--dot", id, mission).output.hasPrefix("digraph"))
        #expect(try Program.run("graph", "--mermaid", id, mission).output.hasPrefix("flowchart"))
    }

    @Test("maps who calls whom over the traces that a filter wants")
    func map() throws {
        let program = try Program.run("graph", "--map", "--json", "--where", "agent=planner", "SampleTraces")
        let map = try #require(program.objects().first)
        #expect(map["origin"] as? String == "calls")
        let kinds = Set((map["nodes"] as? [[String: Any]])?.compactMap { $0["kind"] as? String } ?? [])
        #expect(kinds.isSuperset(of: ["agent", "model", "tool"]))
        let wrong = try Program.run("graph", "--map", "--where", "agent<5", "SampleTraces")
        #expect(wrong.status == 2)
        #expect(wrong.complaints.contains("agent is a text"))
    }

    @Test("lists the traces that a filter wants")
    func filtered() throws {
        let traces = try Program.run("ls", "--json", "--where", "status=error tokens>0", "SampleTraces").objects()
        #expect(!traces.isEmpty)
        for trace in traces {
            #expect((trace["errors"] as? Int ?? 0) > 0 && (trace["tokens_in"] as? Int ?? 0) > 0)
        }
    }
}
