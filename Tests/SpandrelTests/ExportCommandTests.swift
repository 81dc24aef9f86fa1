import Foundation
import Testing

/// Exporting and importing judgements from outside.
struct ExportCommandTests {
    @Test("writes lines, and counts on standard error what it left out")
    func counts() throws {
        let program = try Program.run("export", "--to", "kto", "SampleTraces")
        #expect(program.status == 0)
        let lines = try program.objects()
        #expect(lines.count == 3)
        for line in lines { #expect(line["prompt"] is [Any] && line["completion"] is [Any] && line["label"] is Bool) }
        #expect(program.complaints == "3 of 22 judged; 19 left out: no messages\n")
        let triplets = try Program.run("export", "--to=triplets", "SampleTraces/asp-triplets.jsonl").objects()
        #expect(triplets.allSatisfy { $0["state"] is [String: Any] && $0["reward"] is Double })
        let none = try Program.run("export", "--to", "dpo", "SampleTraces/support-cjk.jsonl")
        #expect(none.status == 0 && none.output.isEmpty && none.complaints == "0 pairs of 0 judged\n")
        #expect(try Program.run("export", "--to", "dpo", "/no/such/file").status == 1)
    }

    @Test(
        "says what it takes",
        arguments: [
            ["SampleTraces"], ["--to", "nope", "SampleTraces"], ["--to", "kto"],
            ["--to", "kto", "--threshold", "2", "SampleTraces"], ["--to", "kto", "--also", "x", "SampleTraces"],
        ])
    func usage(arguments: [String]) throws {
        let program = try Program.run(executable: Program.path, ["export"] + arguments)
        #expect(program.status == 2 && program.output.isEmpty && !program.complaints.isEmpty)
    }

    /// Runs a script in a folder with a trace of two calls, with a journal of its own.
    private func shell(_ script: String) throws -> Program {
        func span(_ id: String, _ parent: String, _ answer: String) -> String {
            #"{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"\#(id)","parentSpanId":"\#(parent)","name":"chat","startTimeUnixNano":"1763647200000000000","endTimeUnixNano":"1763647201000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.prompt.0.content","value":{"stringValue":"mail jo@example.com"}},{"key":"gen_ai.completion.0.content","value":{"stringValue":"\#(answer)"}}]}"#
        }
        let spans = [
            span("b7ad6b7169203331", "", "done, call 555-234-5678"), span("b7ad6b7169203332", "b7ad6b7169203331", "no"),
        ]
        return try withFile(
            "t.jsonl", #"{"resourceSpans":[{"scopeSpans":[{"spans":["# + spans.joined(separator: ",") + "]}]}]}"
        ) {
            file in
            let folder = URL(filePath: file).deletingLastPathComponent().path()
            return try Program.run(
                executable: "/bin/bash",
                ["-ec", "cd \(folder); export XDG_STATE_HOME=$PWD/state SPANDREL_AUTHOR=ann; \(script)"])
        }
    }

    @Test("exports judged calls as pairs, redacted when asked to")
    func pairs() throws {
        let judging = """
            $SPANDREL reward set --target span:b7ad6b7169203331 --approve t.jsonl >/dev/null
            $SPANDREL reward set --target span:b7ad6b7169203332 --reject t.jsonl >/dev/null

            """
        let plain = try shell(judging + "$SPANDREL export --to dpo t.jsonl")
        #expect(plain.status == 0 && plain.complaints == "1 pair of 2 judged\n")
        #expect(plain.output.contains("jo@example.com") && plain.output.contains("555-234-5678"))
        let redacted = try shell(judging + "$SPANDREL export --to dpo --redact --also 'no' t.jsonl")
        #expect(redacted.complaints == "1 pair of 2 judged; 3 values redacted\n")
        for word in ["mail [email-1]", "call [phone-1]", #""content":"[redacted-1]""#, "b7ad6b7169203331"] {
            #expect(redacted.output.contains(word), "\(word)")
        }
    }

    @Test("takes over what others judged once, and names what it cannot")
    func importing() throws {
        let scores = """
            {"id":"1","traceId":"0af7651916cd43dd8448eb211c80319c","observationId":"b7ad6b7169203332","name":"tone","value":0.25,"source":"ANNOTATION"}
            {"span_id":"b7ad6b7169203331","name":"tone","annotator_kind":"LLM","result":{"score":0.75}}
            {"id":"2","traceId":"tr-0af7651916cd43dd8448eb211c80319c","name":"tone","value":1}
            {"id":"3","traceId":"nobody","name":"tone","value":1}
            {"id":"4","traceId":"0af7651916cd43dd8448eb211c80319c","observationId":"ffffffffffffffff","name":"tone","value":1}
            {"span_id":"ffffffffffffffff","name":"tone","annotator_kind":"LLM","result":{"score":0.75}}
            {"id":"5","traceId":"0af7651916cd43dd8448eb211c80319c","name":"tone","value":5}
            """
        let program = try shell(
            "cat > s.jsonl <<'END'\n\(scores)\nEND\n$SPANDREL reward import s.jsonl t.jsonl; $SPANDREL reward import s.jsonl t.jsonl 2>/dev/null; "
                + "$SPANDREL reward list --json t.jsonl; wc -l < t.jsonl.rewards.jsonl")
        let lines = program.output.split(separator: "\n")
        #expect(lines.first == "3 taken over, 0 known already, 4 not taken")
        #expect(lines.dropFirst().first == "0 taken over, 3 known already, 4 not taken")
        #expect(lines.count == 6 && lines.last == "3")
        for line in 4...7 { #expect(program.complaints.contains("s.jsonl:\(line): "), "\(line)") }
        #expect(program.complaints.contains("no trace nobody") && program.complaints.contains("5 is not from 0 to 1"))
        let nothing = try shell("echo '{}' > s.jsonl; $SPANDREL reward import s.jsonl t.jsonl")
        #expect(nothing.status == 1)
    }

    @Test("finds what is meant by the ids of the systems that it is from")
    func nativeIDs() throws {
        let program = try shell(
            """
            cat > langfuse.json <<'END'
            {"trace":{"id":"lf-trace","name":"t","timestamp":"2026-11-20T10:00:00Z","sessionId":"lf-session"},"observations":[{"id":"lf-obs","traceId":"lf-trace","type":"SPAN","name":"o","startTime":"2026-11-20T10:00:00Z","endTime":"2026-11-20T10:00:01Z"}]}
            END
            cat > langsmith.json <<'END'
            [{"id":"ls-root","trace_id":"ls-root","name":"r","run_type":"chain","start_time":"2026-11-20T10:00:00","end_time":"2026-11-20T10:00:02","inputs":{},"outputs":{}},{"id":"ls-run","trace_id":"ls-root","parent_run_id":"ls-root","name":"c","run_type":"llm","start_time":"2026-11-20T10:00:00","end_time":"2026-11-20T10:00:01","inputs":{},"outputs":{}}]
            END
            cat > s.jsonl <<'END'
            {"id":"1","traceId":"lf-trace","observationId":"lf-obs","name":"n","value":0.1}
            {"id":"2","observationId":"lf-obs","name":"n","value":0.2}
            {"id":"3","traceId":"lf-trace","name":"n","value":0.3}
            {"id":"4","sessionId":"lf-session","name":"n","value":0.4}
            {"id":"5","run_id":"ls-run","trace_id":"ls-root","key":"n","score":0.5}
            {"id":"6","run_id":"ls-run","key":"n","score":0.6}
            {"id":"7","run_id":"ls-root","trace_id":"ls-root","key":"n","score":0.7}
            END
            $SPANDREL reward import - langfuse.json langsmith.json < s.jsonl
            $SPANDREL reward list --json langfuse.json langsmith.json
            """)
        let lines = program.output.split(separator: "\n")
        #expect(lines.first == "7 taken over, 0 known already, 0 not taken", "\(program.complaints)")
        let records = try lines.dropFirst().map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        let kinds = Dictionary(
            uniqueKeysWithValues: records.map {
                ($0["value"] as? Double ?? -1, ($0["target"] as? [String: Any])?["kind"] as? String ?? "")
            })
        #expect(
            kinds
                == [0.1: "span", 0.2: "span", 0.3: "trace", 0.4: "sequence", 0.5: "span", 0.6: "span", 0.7: "trace"])
    }

    @Test("carries judgements from one journal to another")
    func carrying() throws {
        let program = try shell(
            """
            $SPANDREL reward set --target span:b7ad6b7169203332 --value 0.5 --comment 'so so' t.jsonl >/dev/null
            $SPANDREL export --to rewards t.jsonl > kept.jsonl 2>/dev/null
            rm -r state t.jsonl.rewards.jsonl
            $SPANDREL reward import kept.jsonl t.jsonl
            $SPANDREL export --to rewards t.jsonl 2>/dev/null | cmp - kept.jsonl && echo same
            """)
        #expect(program.output == "1 taken over, 0 known already, 0 not taken\nsame\n")
    }
}
