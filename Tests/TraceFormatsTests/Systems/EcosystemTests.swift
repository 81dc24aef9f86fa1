import Testing
import TraceFixtures
import TraceFormats
import TraceModel

/// One small run, told by each format: a root, a model's call under it, what it cost, how it ended.
struct EcosystemTests {
    struct Told: Sendable, CustomTestStringConvertible {
        var format: TraceFormat
        var text: String
        var root: String
        var call: String
        /// Of the call: its length in milliseconds, its tokens.
        var milliseconds: Int64 = 1000
        var tokens: (Int64, Int64)? = (7, 3)
        var model: String? = "gpt-4o"
        var hasMessages = true
        var reward: Double?
        var isError = false

        var testDescription: String { format.rawValue }
    }

    static let told: [Told] = [
        Told(
            format: .jaeger,
            text: #"""
                {"data": [{"traceID": "000000000000000000000000000000ab", "spans": [
                 {"traceID": "ab", "spanID": "02", "operationName": "chat", "references": [{"refType": "CHILD_OF", "traceID": "ab", "spanID": "01"}], "startTime": 1700000000000000, "duration": 1000000, "tags": [{"key": "gen_ai.request.model", "type": "string", "value": "gpt-4o"}, {"key": "gen_ai.usage.input_tokens", "type": "int64", "value": 7}, {"key": "gen_ai.usage.output_tokens", "type": "int64", "value": 3}, {"key": "error", "type": "bool", "value": true}, {"key": "span.kind", "type": "string", "value": "client"}], "logs": [{"timestamp": 1700000000500000, "fields": [{"key": "event", "value": "retry"}]}], "processID": "p1"},
                 {"traceID": "ab", "spanID": "01", "operationName": "root", "references": [], "startTime": 1700000000000000, "duration": 2000000, "processID": "p1"}],
                 "processes": {"p1": {"serviceName": "svc", "tags": []}}}]}
                """#,
            root: "root", call: "chat", hasMessages: false, isError: true),
        Told(
            format: .zipkin,
            text: #"""
                [{"traceId": "00000000000000ab", "id": "0000000000000001", "name": "root", "timestamp": 1700000000000000, "duration": 2000000, "localEndpoint": {"serviceName": "svc"}},
                 {"traceId": "00000000000000ab", "id": "0000000000000002", "parentId": "0000000000000001", "name": "chat", "kind": "CLIENT", "timestamp": 1700000000000000, "duration": 1000000, "tags": {"error": "boom", "gen_ai.request.model": "gpt-4o", "gen_ai.usage.input_tokens": "7", "gen_ai.usage.output_tokens": "3"}, "annotations": [{"timestamp": 1700000000500000, "value": "retry"}]}]
                """#,
            root: "root", call: "chat", tokens: nil, hasMessages: false, isError: true),
        Told(
            format: .phoenix,
            text: #"""
                [{"name": "root", "context": {"trace_id": "000000000000000000000000000000ab", "span_id": "0000000000000001"}, "parent_id": null, "start_time": "2026-01-01T10:00:00Z", "end_time": "2026-01-01T10:00:02Z", "status_code": "OK", "attributes": {}},
                 {"name": "chat", "context": {"trace_id": "000000000000000000000000000000ab", "span_id": "0000000000000002"}, "parent_id": "0000000000000001", "span_kind": "LLM", "start_time": "2026-01-01T10:00:00Z", "end_time": "2026-01-01T10:00:01Z", "status_code": "ERROR", "status_message": "boom", "attributes": {"llm": {"model_name": "gpt-4o", "token_count": {"prompt": 7, "completion": 3}, "input_messages": [{"message": {"role": "user", "content": "hi"}}]}}, "annotations": [{"name": "quality", "annotator_kind": "HUMAN", "result": {"score": 0.25, "label": "bad"}}]}]
                """#,
            root: "root", call: "chat", tokens: nil, model: nil, hasMessages: false, reward: 0.25, isError: true),
        Told(
            format: .langfuse,
            text: #"""
                {"trace": {"id": "lf-1", "name": "root", "timestamp": "2026-01-01T10:00:00Z", "sessionId": "s", "metadata": "{\"team\": \"a\"}"},
                 "observations": [{"id": "o1", "traceId": "lf-1", "type": "GENERATION", "name": "chat", "startTime": "2026-01-01T10:00:00Z", "endTime": "2026-01-01T10:00:01Z", "model": "gpt-4o", "input": [{"role": "user", "content": "hi"}], "output": {"role": "assistant", "content": "ho"}, "usageDetails": {"input": 7, "output": 3}, "level": "ERROR", "statusMessage": "boom"}],
                 "scores": [{"name": "quality", "value": 0.5, "comment": "meh"}]}
                """#,
            root: "root", call: "chat", isError: true),
        Told(
            format: .mlflow,
            text: #"""
                {"info": {"trace_id": "tr-000000000000000000000000000000ab", "assessments": [{"assessment_name": "ok", "feedback": {"value": true}, "source": {"source_type": "HUMAN"}}]}, "data": {"spans": [
                 {"trace_id": "AAAAAAAAAAAAAAAAAAAAqw==", "span_id": "AAAAAAAAAAE=", "parent_span_id": "", "name": "root", "start_time_unix_nano": 1700000000000000000, "end_time_unix_nano": 1700000002000000000, "status": {"code": "STATUS_CODE_OK"}, "attributes": {"mlflow.spanInputs": "{\"q\": 1}"}},
                 {"trace_id": "AAAAAAAAAAAAAAAAAAAAqw==", "span_id": "AAAAAAAAAAI=", "parent_span_id": "AAAAAAAAAAE=", "name": "chat", "start_time_unix_nano": 1700000000000000000, "end_time_unix_nano": 1700000001000000000, "status": {"code": "STATUS_CODE_ERROR", "message": "boom"}, "attributes": {"mlflow.spanType": "\"CHAT_MODEL\"", "mlflow.spanInputs": "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}", "mlflow.spanOutputs": "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"ho\"}}]}", "mlflow.llm.model": "\"gpt-4o\"", "mlflow.chat.tokenUsage": "{\"input_tokens\": 7, \"output_tokens\": 3}"}}]}}
                """#,
            root: "root", call: "chat", isError: true),
        Told(
            format: .langsmith,
            text: #"""
                [{"id": "b0f75990-6912-4448-8fa9-5b4ee8ab9424", "name": "chat", "run_type": "llm", "dotted_order": "20260101T100000000000Zb0f75990-6912-4448-8fa9-5b4ee8ab9423.20260101T100000000000Zb0f75990-6912-4448-8fa9-5b4ee8ab9424", "start_time": "2026-01-01T10:00:00", "end_time": "2026-01-01T10:00:01", "inputs": {"messages": [[{"type": "human", "content": "hi"}]]}, "outputs": {"generations": [[{"message": {"type": "ai", "content": "ho"}}]]}, "extra": {"metadata": {"ls_model_name": "gpt-4o"}}, "prompt_tokens": 7, "completion_tokens": 3, "error": "boom", "feedback_stats": {"quality": {"n": 1, "avg": 0.75}}},
                 {"id": "b0f75990-6912-4448-8fa9-5b4ee8ab9423", "name": "root", "run_type": "chain", "dotted_order": "20260101T100000000000Zb0f75990-6912-4448-8fa9-5b4ee8ab9423", "start_time": "2026-01-01T10:00:00", "end_time": "2026-01-01T10:00:02", "inputs": {}, "outputs": {}}]
                """#,
            root: "root", call: "chat", reward: 0.75, isError: true),
        Told(
            format: .openAIAgents,
            text: #"""
                {"data": [{"object": "trace.span", "id": "span_2", "trace_id": "trace_000000000000000000000000000000ab", "parent_id": null, "started_at": "2026-01-01T10:00:00Z", "ended_at": "2026-01-01T10:00:01Z", "span_data": {"type": "generation", "model": "gpt-4o", "input": [{"role": "user", "content": "hi"}], "output": [{"role": "assistant", "content": "ho"}], "usage": {"input_tokens": 7, "output_tokens": 3}}, "error": {"message": "boom"}},
                 {"object": "trace", "id": "trace_000000000000000000000000000000ab", "workflow_name": "root", "group_id": "g"}]}
                """#,
            root: "root", call: "generation", isError: true),
        Told(
            format: .inspect,
            text: #"""
                {"version": 2, "eval": {"task": "root", "model": "gpt-4o", "run_id": "r", "created": "2026-01-01T10:00:00+00:00"}, "samples": [{"id": 1, "epoch": 1, "input": "hi", "target": "ho", "output": {"completion": "ho"}, "scores": {"match": {"value": "I", "explanation": "no"}}, "error": {"message": "boom"}, "events": [
                 {"event": "span_begin", "id": "x", "name": "solver", "timestamp": "2026-01-01T10:00:00+00:00"},
                 {"event": "model", "model": "gpt-4o", "timestamp": "2026-01-01T10:00:00+00:00", "completed": "2026-01-01T10:00:01+00:00", "input": [{"role": "user", "content": "hi"}], "output": {"choices": [{"message": {"role": "assistant", "content": "ho"}}], "usage": {"input_tokens": 7, "output_tokens": 3}}},
                 {"event": "span_end", "id": "x", "timestamp": "2026-01-01T10:00:02+00:00"}]}]}
                """#,
            root: "root", call: "chat gpt-4o"),
    ]

    @Test("gives tree, times, status, messages, tokens, model and scores", arguments: told)
    func run(_ told: Told) throws {
        let translation = try Translation(told.text)
        #expect(translation.format == told.format)
        #expect(translation.problems == [])
        let root = try #require(translation.span(told.root))
        let call = try #require(translation.span(told.call))
        #expect(call.traceID == root.traceID && root.parentID.isZero)
        var above = call.parentID
        while above != root.spanID {
            above = try #require(translation.spans.first { $0.body.spanID == above }).body.parentID
        }
        #expect(call.end - call.start == told.milliseconds * 1_000_000)
        #expect(call.status == (told.isError ? .error : .unset))
        if told.isError, told.format != .jaeger { #expect(call.statusMessage == "boom") }
        if let tokens = told.tokens {
            #expect(call["gen_ai.usage.input_tokens"] == .int(tokens.0))
            #expect(call["gen_ai.usage.output_tokens"] == .int(tokens.1))
        }
        if let model = told.model { #expect(call["gen_ai.request.model"] == .string(model)) }
        if told.hasMessages {
            #expect(call["gen_ai.input.messages"] == .array([MessageParts.message("user", text: "hi")]))
            #expect(call["gen_ai.output.messages"] == .array([MessageParts.message("assistant", text: "ho")]))
        }
        if let reward = told.reward { #expect(call[SpanVocabulary.reward] == .double(reward)) }
    }

    @Test("cut anywhere: no crash, and what is whole stays", arguments: told)
    func cut(_ told: Told) throws {
        let bytes = Array(told.text.utf8)
        for end in stride(from: bytes.count / 3, to: bytes.count - 1, by: 7) {
            guard let translation = try? Translation(Array(bytes[..<end]), TranslationSource(path: "")) else {
                continue
            }
            #expect(translation.format == told.format)
            #expect(translation.problems.count >= 1)
        }
    }

    @Test("values of the wrong kind cost their record", arguments: told)
    func wrongKinds(_ told: Told) throws {
        for (good, bad) in [
            (#""name": ""#, #""name": 5, "n": ""#), (#""2026-01-01T10:00:00"#, #""yesterday"#),
            ("1700000000", "-1e400"),
        ] {
            let text = told.text.replacing(good, with: bad)
            _ = try? Translation(text)
        }
        for key in ["spans", "observations", "samples", "data", "events"] {
            _ = try? Translation(told.text.replacing("\"\(key)\": [", with: "\"\(key)\": [null, 3, \"x\", [], {}, "))
        }
    }

    @Test("Chrome's events nest by their times; what does not end runs; the bracket may be missing")
    func chrome() throws {
        let text = #"""
            [{"ph": "M", "pid": 1, "tid": 2, "name": "thread_name", "args": {"name": "main"}},
             {"ph": "X", "pid": 1, "tid": 2, "name": "outer", "ts": 10, "dur": 100},
             {"ph": "X", "pid": 1, "tid": 2, "name": "inner", "ts": 20, "dur": 30},
             {"ph": "B", "pid": 1, "tid": 3, "name": "open", "ts": 40},
             {"ph": "b", "cat": "c", "id": "7", "pid": 1, "tid": 2, "name": "async", "ts": 15},
             {"ph": "e", "cat": "c", "id": "7", "pid": 1, "tid": 2, "name": "async", "ts": 95},
             {"ph": "C", "pid": 1, "name": "memory", "ts": 5, "args": {"bytes": 3}},
            """#
        let translation = try Translation(text, path: "/t/trace.json")
        #expect(translation.format == .chromeTrace && translation.problems == [])
        let outer = try #require(translation.span("outer"))
        #expect(try #require(translation.span("inner")).parentID == outer.spanID)
        #expect(try #require(translation.span("open")).end == 0)
        let async = try #require(translation.span("async"))
        #expect(async.end - async.start == 80_000)
        #expect(translation.span("main (thread 2)") != nil)
    }

    @Test("Agent Lightning's annotations judge the span that they name; 1.x's events are calls and rewards")
    func agentLightning() throws {
        let spans = #"""
            {"items": [{"rollout_id": "ro-1", "trace_id": "000000000000000000000000000000ab", "span_id": "0000000000000002", "parent_id": null, "name": "agentlightning.annotation", "start_time": 1700000002.0, "end_time": 1700000002.0, "status": {"status_code": "OK"}, "attributes": {"agentlightning.reward.0.name": "correct", "agentlightning.reward.0.value": 0.5, "agentlightning.link.0.key_match": "gen_ai.response.id", "agentlightning.link.0.value_match": "r1"}},
             {"rollout_id": "ro-1", "trace_id": "000000000000000000000000000000ab", "span_id": "0000000000000001", "parent_id": null, "name": "chat", "start_time": 1700000000.5, "end_time": 1700000001.5, "status": {"status_code": "OK"}, "attributes": {"gen_ai.response.id": "r1"}}], "limit": -1, "offset": 0, "total": 2}
            """#
        let old = try Translation(spans)
        #expect(old.format == .agentLightning)
        let chat = try #require(old.span("chat"))
        #expect(chat[SpanVocabulary.reward] == .double(0.5) && chat.end - chat.start == 1_000_000_000)
        let events = try Translation(
            #"[{"event_type": "model_request", "rollout_id": "ro-2", "attempt_id": "0", "timestamp": 1700000000.0, "data": {"status": "ok"}}, {"event_type": "reward", "rollout_id": "ro-2", "attempt_id": "0", "timestamp": 1700000001.0, "data": {"value": 1.0, "source": "human"}}, {"event_type": "reward", "rollout_id": "ro-2", "attempt_id": "0", "timestamp": 1700000001.0, "data": {"value": "yes"}}]"#
        )
        #expect(events.format == .agentLightning && events.problems.count == 1)
        #expect(events.spans.contains { $0.body.attributes.contains(Attribute(SpanVocabulary.reward, .double(1))) })
    }

    @Test("log lines join the trace that they name, or make one of what they have in common")
    func logs() throws {
        let translation = try Translation(
            #"""
            {"level": 30, "time": 1700000000000, "msg": "joined", "trace_id": "000000000000000000000000000000ab", "span_id": "0000000000000001"}
            {"level": "info", "timestamp": "2026-01-01T10:00:00Z", "message": "begin", "missionId": "M", "agentId": "A"}
            plain words
            {"level": "error", "timestamp": "2026-01-01T10:00:05Z", "message": "broke", "missionId": "M", "agentId": "A"}
            {"level": "info", "message": "of nothing"}
            """#)
        #expect(translation.format == .structuredLog && translation.problems == [])
        #expect(translation.output.logs.map(\.body) == [.string("joined"), .string("begin"), .string("broke")])
        #expect(translation.output.logs[0].spanID == SpanID(1))
        let agent = try #require(translation.span("agent A"))
        #expect(agent.status == .error && agent.statusMessage == "broke")
        #expect(agent.end - agent.start == 5_000_000_000 && agent[SpanVocabulary.inferred] == .bool(true))
    }

    @Test("a tool that was recorded before and after its use is one step; the outcome stands at the root")
    func trajectories() throws {
        let translation = try Translation(
            #"""
            {"success": true, "data": [{"id": "T1", "agent_id": "coder", "task_type": "bug_fix", "initial_prompt": "fix", "outcome": {"status": "failure", "reward": 0.25, "feedback": "late"}, "status": "completed", "created_at": "2026-01-01T10:00:00Z", "completed_at": "2026-01-01T10:00:09Z", "steps": [
             {"step_number": 1, "timestamp": "2026-01-01T10:00:01Z", "tool_name": "Read", "tool_input": {"a": 1}},
             {"step_number": 2, "timestamp": "2026-01-01T10:00:03Z", "tool_name": "Read", "tool_input": {"a": 1}, "tool_output": "text", "mood": "ok"},
             {"step_number": 3, "timestamp": "2026-01-01T10:00:04Z", "thinking_content": "hm", "tool_name": "Bash", "tool_input": {}, "error": "no shell", "duration_ms": 500}]},
             {"id": "T2", "agentId": "coder", "taskType": "x", "steps": []}, 7], "pagination": {}}
            """#)
        #expect(translation.format == .trajectory)
        #expect(translation.problems.map(\.what) == ["no trajectory: it has no agent and no steps"])
        let root = try #require(translation.span("bug_fix"))
        #expect(root.status == .error && root[SpanVocabulary.reward] == .double(0.25))
        let read = try #require(translation.span("Read"))
        #expect(read.parentID == root.spanID && read.end - read.start == 2_000_000_000)
        #expect(read["gen_ai.tool.call.result"] == .string("text") && read["trajectory.mood"] == .string("ok"))
        let bash = try #require(translation.span("Bash"))
        #expect(bash.statusMessage == "no shell" && bash["thinking"] == .string("hm"))
        #expect(translation.spans.filter { $0.body.parentID == root.spanID }.count == 2)
        #expect(translation.span("x") != nil)
    }

    @Test("A trajectory's steps wait for those that read or wrote the same file, else for the one before")
    func trajectoryFlow() throws {
        func step(_ number: Int, _ tool: String, _ input: String) -> String {
            #"{"step_number": \#(number), "timestamp": "2026-01-01T10:00:0\#(number)Z", "tool_name": "\#(tool)", "tool_input": \#(input), "tool_output": "ok"}"#
        }
        let steps = [
            step(1, "Read", #"{"file_path": "src/a.py"}"#), step(2, "Grep", #"{"pattern": "x"}"#),
            step(3, "Edit", #"{"file_path": "src/a.py"}"#), step(4, "Bash", #"{"command": "pytest"}"#),
        ].joined(separator: ",")
        let translation = try Translation(
            #"{"id": "T9", "agent_id": "coder", "task_type": "fix", "steps": [\#(steps)], "created_at": "2026-01-01T10:00:00Z"}"#
        )
        let spans = try ["Read", "Grep", "Edit", "Bash"].map { try #require(translation.span($0)) }
        #expect(spans.map { $0.links.first?.spanID } == [nil, spans[0].spanID, spans[0].spanID, spans[2].spanID])
        #expect(spans[2].links[0].attributes.map(\.value) == [.string("data"), .string("a.py")])
        #expect(spans[3].links[0].attributes.map(\.value) == [.string("order")])
    }
}
