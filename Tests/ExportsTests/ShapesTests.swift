import Exports
import Foundation
import Testing
import TraceFormats
import TraceModel

/// One set of judged traces in every shape for training.
struct ShapesTests {
    /// Two attempts at one prompt, one approved and one rejected.
    private static var attempts: [JudgedExample] {
        [(1, "Twelve euros", 1.0, RewardRecord.Verdict.approve), (2, "I do not know", 0.0, .reject)].map {
            number, answer, value, verdict in
            var example = JudgedExample(UInt64(number))
            example.addCall("What does the lamp cost?", answer)
            example.judge(0, value, verdict) { $0.rubric = "tone@2" }
            return example
        }
    }

    @Test("triplets: what was asked, what was answered, the reward, and on whose word")
    func triplets() async throws {
        var example = Self.attempts[0]
        example.judge(0, 0.4, by: "bot", kind: .model)
        let exported = await Exported(.triplets, [example])
        let line = try #require(try exported.lines().first)
        #expect(exported.tally == "1 of 1 judged")
        #expect(text(line, "prompt.0.role") == "system" && text(line, "prompt.1.content") == "What does the lamp cost?")
        #expect(text(line, "response.0.role") == "assistant" && text(line, "response.0.content") == "Twelve euros")
        // A person's word counts, though a model's is later; both have judged.
        #expect(line["reward"] as? Double == 1)
        #expect(dig(line, "metadata.judges") as? Int == 2)
        #expect(text(line, "metadata.reward_id") == "\(example.records[0].id)")
        #expect(text(line, "metadata.rubric") == "tone@2" && text(line, "metadata.strategy") == "manual")
        #expect(text(line, "metadata.model") == "lamp-1" && text(line, "metadata.agent_role") == "seller")
        #expect(text(line, "metadata.trace_id") == "\(example.summary.id)")
        #expect(text(line, "metadata.span_id") == "\(example.bodies[0].spanID)")
    }

    @Test("triplets: a step's state and action as JSON, and the reward that its source gave it")
    func steps() async throws {
        var example = JudgedExample(3)
        example.add(
            .other, "step", under: nil,
            [("rl.state", .string(#"{"open": [1, 2]}"#)), ("rl.action", .string("close")), ("task.id", .string("T-1"))])
        example.setReward(0.9, of: 0)
        let line = try #require(try await Exported(.triplets, [example]).lines().first)
        #expect(dig(line, "state.open.1") as? Int == 2)
        #expect(text(line, "action") == "close" && line["reward"] as? Double == 0.9)
        #expect(line["prompt"] is NSNull && dig(line, "metadata.reward_id") is NSNull)
        #expect(text(line, "metadata.task_id") == "T-1" && dig(line, "metadata.judges") as? Int == 0)
    }

    @Test("kto: verdicts as they are, numbers by their side of the threshold, and nothing made up between")
    func kto() async throws {
        var example = JudgedExample(4)
        for (value, verdict) in [
            (1.0, RewardRecord.Verdict.approve), (0.0, .reject), (0.7, nil), (0.5, nil), (0.2, nil), (nil, .skip),
            (nil, .unknown),
        ] {
            let place = example.addCall("Q\(example.bodies.count)", "A", under: example.bodies.isEmpty ? nil : 0)
            example.judge(place, value, verdict)
        }
        let exported = await Exported(.kto, [example])
        #expect(try exported.lines().map { $0["label"] as? Bool } == [true, false, true, false])
        #expect(
            exported.tally
                == "4 of 7 judged; 1 left out: skipped; 1 left out: unknown; 1 left out: exactly at the threshold")
        let strict = await Exported(.kto, [example]) { $0.threshold = 0.8 }
        #expect(try strict.lines().map { $0["label"] as? Bool } == [true, false, false, false, false])
    }

    @Test("leaves out what people disagree on, and what says nothing to learn from")
    func leftOut() async throws {
        var example = JudgedExample(5)
        example.addCall("Q", "A")
        example.judge(0, 1, .approve, by: "ann")
        example.judge(0, 0, .reject, by: "ben")
        let tool = example.add(
            .tool, "read", under: 0, [("input.value", .string("x")), ("output.value", .string("y"))])
        example.judge(tool, 1, .approve)
        let gone = example.add(.model, "gone", under: 0)
        example.judge(gone, 1)
        example.spans.ids[gone] = SpanID(99)
        let exported = await Exported(.kto, [example])
        #expect(exported.text.isEmpty)
        #expect(
            exported.tally
                == "0 of 3 judged; 1 left out: not in what was read; 1 left out: disputed; 1 left out: no messages")
        // Who thinks better of it disagrees with nobody.
        example.judge(0, 1, .approve, by: "ben")
        #expect(try await Exported(.kto, [example]).lines().count == 1)
    }

    @Test("dpo: only answers to the same prompt, the better one chosen")
    func dpo() async throws {
        var other = JudgedExample(6)
        other.addCall("Another question", "Yes")
        other.judge(0, 1)
        var same = JudgedExample(7)
        same.addCall("What does the lamp cost?", "Twelve euros")
        same.judge(0, 0.4)
        let exported = await Exported(.dpo, Self.attempts + [other, same])
        let lines = try exported.lines()
        // Of three answers two say the same: they are no pair.
        #expect(
            lines.map { [text($0, "chosen.0.content"), text($0, "rejected.0.content")] }
                == [["Twelve euros", "I do not know"], ["Twelve euros", "I do not know"]])
        for line in lines {
            #expect(text(line, "prompt.1.content") == "What does the lamp cost?")
            let rewards = ["chosen", "rejected"].map { dig(line, "metadata.\($0).reward") as? Double ?? -1 }
            #expect(rewards[0] > rewards[1])
        }
        #expect(exported.tally == "2 pairs of 4 judged; 1 left out: no other attempt at the same prompt")
    }

    @Test("dpo: what somebody corrected is chosen before what was said")
    func corrections() async throws {
        var example = JudgedExample(8)
        example.addCall("Q", "Wrong")
        example.judge(0, 0, .reject) { $0.correction = "Right" }
        let line = try #require(try await Exported(.dpo, [example]).lines().first)
        #expect(text(line, "chosen.0.content") == "Right" && text(line, "rejected.0.content") == "Wrong")
        #expect(dig(line, "metadata.chosen.is_correction") as? Bool == true)
        #expect(dig(line, "metadata.chosen.reward") is NSNull)
        let sft = try #require(try await Exported(.sft, [example]).lines().first)
        #expect(text(sft, "messages.2.content") == "Right")
        let verl = try #require(try await Exported(.verl, [example]).lines().first)
        #expect(text(verl, "reward_model.ground_truth") == "Right" && text(verl, "extra_info.response") == "Wrong")
    }

    @Test("openai-preference: nothing but what OpenAI lists")
    func openAI() async throws {
        let line = try #require(try await Exported(.openAIPreference, Self.attempts).lines().first)
        #expect(Set(line.keys) == ["input", "preferred_output", "non_preferred_output"])
        #expect(text(line, "input.messages.1.role") == "user")
        #expect(text(line, "preferred_output.0.content") == "Twelve euros")
        #expect(text(line, "non_preferred_output.0.content") == "I do not know")
    }

    @Test("sft: approved conversations with their tools' calls, answers and definitions")
    func sft() async throws {
        let definition = #"[{"type":"function","name":"price","parameters":{"type":"object"}}]"#
        var example = JudgedExample(9)
        example.add(
            .model, "chat", under: nil,
            [
                (
                    "gen_ai.input.messages",
                    .array([
                        MessageParts.message("user", text: "Price?"),
                        MessageParts.message(
                            "assistant",
                            [
                                MessageParts.reasoning("look it up"),
                                MessageParts.toolCall(
                                    id: "c1", name: "price", arguments: .map([Attribute("of", .string("lamp"))])),
                            ]),
                        MessageParts.message("tool", [MessageParts.toolResponse(id: "c1", result: .int(12))]),
                    ])
                ), ("gen_ai.output.messages", .array([MessageParts.message("assistant", text: "Twelve")])),
                ("gen_ai.tool.definitions", .string(definition)),
            ])
        example.judge(0, 1, .approve)
        let line = try #require(try await Exported(.sft, [example] + Self.attempts.suffix(1)).lines().first)
        #expect(text(line, "messages.1.tool_calls.0.function.arguments") == #"{"of":"lamp"}"#)
        #expect(text(line, "messages.1.reasoning_content") == "look it up")
        #expect(text(line, "messages.2.role") == "tool" && text(line, "messages.2.tool_call_id") == "c1")
        #expect(text(line, "messages.2.content") == "12" && text(line, "messages.3.content") == "Twelve")
        #expect(text(line, "tools.0.function.name") == "price" && text(line, "tools.0.type") == "function")
        let rejected = await Exported(.sft, Self.attempts.suffix(1))
        #expect(rejected.tally == "0 of 1 judged; 1 left out: not approved")
    }

    @Test("verl: a row with its ground truth")
    func verl() async throws {
        let line = try #require(try await Exported(.verl, Self.attempts).lines().first)
        #expect(text(line, "data_source") == "shop" && text(line, "ability") == "seller")
        #expect(text(line, "prompt.1.content") == "What does the lamp cost?")
        #expect(text(line, "reward_model.style") == "rule" && text(line, "reward_model.ground_truth") == "Twelve euros")
        #expect(dig(line, "extra_info.reward") as? Double == 1)
    }

    @Test("prm: a verdict a step, as far as steps are judged without a gap")
    func prm() async throws {
        var example = JudgedExample(10)
        let agent = example.add(.agent, "seller")
        example.addCall("Find a lamp", "searching", under: agent)
        let tool = example.add(
            .tool, "search", under: agent,
            [("gen_ai.tool.name", .string("search")), ("input.value", .string("lamp")), ("output.value", .string("3"))])
        let last = example.addCall("Find a lamp", "found", under: tool)
        let beyond = example.addCall("Thanks", "welcome", under: agent)
        for (place, value) in [(1, 1.0), (tool, 0.0), (beyond, 1.0), (agent, 1.0)] { example.judge(place, value) }
        let exported = await Exported(.prm, [example])
        let line = try #require(try exported.lines().first)
        #expect(text(line, "prompt") == "Be brief\n\nFind a lamp")
        #expect(line["completions"] as? [String] == ["searching", "search(lamp) → 3"])
        #expect(line["labels"] as? [Bool] == [true, false])
        #expect(
            exported.tally
                == "1 sequence of 4 judged; 1 left out: not a step; 1 left out: a step before is not judged, is undecided or says nothing"
        )
        example.judge(last, 1)
        #expect(try await Exported(.prm, [example]).lines().first?["labels"] as? [Bool] == [true, false, true, true])
    }

    @Test("prm: the steps of a named sequence in the order of their numbers")
    func namedSequence() async throws {
        var example = JudgedExample(11)
        example.add(.other, "task")
        for (index, action) in [(2, "c"), (0, "a"), (1, "b")] {
            let place = example.add(
                .other, "step", under: 0,
                [
                    ("rl.sequence_id", .string("S")), ("rl.sequence_index", .int(Int64(index))),
                    ("rl.triplet_id", .string(action)), ("rl.action", .string(action)),
                ])
            example.setReward(index == 1 ? 0.1 : 0.9, of: place)
        }
        let line = try #require(try await Exported(.prm, [example]).lines().first)
        #expect(line["completions"] as? [String] == ["a", "b", "c"])
        #expect(line["labels"] as? [Bool] == [true, false, true])
        #expect(text(line, "prompt") == "Sell a lamp" && text(line, "metadata.sequence_id") == "S")
    }

    @Test("top-traces: one document, the best first, as mhc-agentic keeps calls")
    func topTraces() async throws {
        let exported = await Exported(.topTraces, Self.attempts.reversed())
        let list = try #require(try JSONSerialization.jsonObject(with: Data(exported.text.utf8)) as? [[String: Any]])
        #expect(list.map { $0["reward"] as? Double } == [1, 0])
        let keys: Set = [
            "trace_id", "component", "timestamp_start", "prompt", "metadata", "response", "timestamp_end", "latency_ms",
            "reward",
        ]
        #expect(keys.subtracting(list[0].keys).isEmpty)
        #expect(text(list[0], "response") == "Twelve euros" && list[0]["latency_ms"] as? Double == 500)
        #expect(text(list[0], "timestamp_start") == "2023-11-14T22:13:20.000000+00:00")
        let nothing = await Exported(.topTraces, [])
        #expect(try JSONSerialization.jsonObject(with: Data(nothing.text.utf8)) as? [Int] == [])
    }

    @Test("a judged trace is told by its root, else by the last call that has an answer")
    func wholeTraces() async throws {
        var example = JudgedExample(12)
        let root = example.add(.workflow, "run")
        example.addCall("Q1", "A1", under: root)
        example.addCall("Q2", "A2", under: root)
        example.add(.model, "cut off", under: root)
        example.judge(nil, 1, .approve)
        #expect(text(try await Exported(.kto, [example]).lines().first, "completion.0.content") == "A2")
        example.bodies[root].attributes = [
            Attribute("input.value", .string("the task")), Attribute("output.value", .string("the outcome")),
        ]
        let line = try await Exported(.kto, [example]).lines().first
        #expect(text(line, "prompt.0.content") == "the task" && text(line, "completion.0.content") == "the outcome")
        #expect(text(line, "metadata.target") == "trace")
    }

    @Test(
        "redacts every text and no id, whatever the shape",
        arguments: ExportShape.allCases)
    func redaction(shape: ExportShape) async throws {
        let mail = "jo@example.com"
        let examples = [0.9, 0.1].enumerated().map { index, value in
            var example = JudgedExample(UInt64(20 + index), name: "Call_20261120_210414_49788\(index)")
            example.summary.service = mail
            example.addCall("write to \(mail)", "\(mail) \(index)", [("session.id", .string(mail))])
            example.bodies[0].status = .error
            example.bodies[0].statusMessage = mail
            example.judge(0, value, by: mail) {
                $0.rationale = mail
                $0.labels = [mail]
                $0.correction = "better: \(mail)"
                $0.rubric = mail
                $0.queue = mail
                $0.dimensions = [RewardRecord.Dimension(name: mail, value: 1, weight: 1)]
            }
            return example
        }
        let plain = await Exported(shape, examples)
        let exported = await Exported(shape, examples) { $0.isRedacted = true }
        #expect(plain.text.contains(mail))
        #expect(!exported.text.contains("example.com") && exported.text.contains("[email-1]"))
        #expect(!exported.text.contains("[email-2]") && !exported.text.contains("[phone"))
        let ids = ["\(examples[0].records[0].id)", "\(examples[0].summary.id)", examples[0].summary.name]
        for id in ids { #expect(exported.text.contains(id) == plain.text.contains(id), "\(id)") }
    }
}
