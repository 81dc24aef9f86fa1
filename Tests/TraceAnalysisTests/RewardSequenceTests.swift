import Testing
import TraceAnalysis
import TraceModel

@Suite struct RewardSequenceTests {
    /// root > planner > (plan call), coder > (write call, failed tool, write call)
    private var table: SpanTable {
        var table = SpanTable([
            Given(id: 1, name: "run"), Given(id: 2, parent: 1, name: "planner", start: 1),
            Given(id: 3, parent: 2, name: "plan", start: 2), Given(id: 4, parent: 1, name: "coder", start: 3),
            Given(id: 5, parent: 4, name: "write", start: 4),
            Given(id: 6, parent: 4, name: "test", start: 5, status: .error),
            Given(id: 7, parent: 4, name: "write", start: 6), Given(id: 8, parent: 1, name: "note", start: 7),
        ])
        for (span, category) in [
            (1, SpanCategory.agent), (3, .agent), (2, .model), (4, .model), (5, .tool), (6, .model),
        ] {
            table.traits[span].category = category
        }
        table.usage[4] = Usage(tokensIn: 30, tokensOut: 12)
        return table
    }

    private func facts(_ change: (inout [StepFacts]) -> Void = { _ in }) -> [StepFacts] {
        var facts = [StepFacts](repeating: StepFacts(), count: 8)
        change(&facts)
        return facts
    }

    private func labels(_ sequences: [RewardSequence]) -> [[String]] { sequences.map { $0.steps.map(\.label) } }

    @Test("are each agent's calls of models and tools in their order, where the source names none")
    func byAgent() {
        let sequences = RewardSequence.all(in: table, named: "T", facts())
        #expect(sequences.map(\.id) == ["T:planner", "T:coder"])
        #expect(labels(sequences) == [["plan"], ["write", "test", "write"]])
        #expect(sequences[1].steps.map(\.weight.hasFailed) == [false, true, false])
        #expect(sequences[1].steps[0].weight.tokens == 42)
        let named = facts { facts in
            facts[1].agent = "Ada"
            facts[0].task = "TASK-7"
            for span in 0..<8 { facts[span].task = "TASK-7" }
        }
        #expect(RewardSequence.all(in: table, named: "T", named).map(\.id) == ["TASK-7:Ada", "TASK-7:coder"])
    }

    @Test("are put together by task, by session or by any attribute as well")
    func scopes() {
        let pipeline = RewardSequence.all(in: table, named: "T", facts(), scope: .pipeline)
        #expect(pipeline.map(\.id) == ["T"])
        #expect(labels(pipeline) == [["plan", "write", "test", "write"]])
        let given = facts { facts in
            facts[3].session = "s1"
            facts[4].custom = "a"
            facts[6].custom = "a"
        }
        let session = RewardSequence.all(in: table, named: "T", given, scope: .session)
        #expect(session.map(\.id) == ["s1"] && labels(session) == [["write", "test", "write"]])
        let custom = RewardSequence.all(in: table, named: "T", given, scope: .attribute("kind"))
        #expect(custom.map(\.id) == ["a"] && labels(custom) == [["write", "write"]])
        let picked = pipeline[0].picked(1...2)
        #expect(picked.steps.map(\.label) == ["write", "test"])
        #expect(picked.id == "\(SpanID(5))..\(SpanID(6))")
        #expect(pipeline[0].picked(0...99).steps.count == 4)
    }

    @Test("are triplets by the sequence and in the order that their source gives, where there are any")
    func triplets() {
        let given = facts { facts in
            for (span, index) in [(2, Int64(1)), (4, 0)] {
                facts[span].isTriplet = true
                facts[span].sequence = "T:planner"
                facts[span].index = index
                facts[span].agent = "planner"
            }
            facts[7].isTriplet = true
            facts[7].sequence = "T:other"
        }
        let sequences = RewardSequence.all(in: table, named: "T", given)
        #expect(sequences.map(\.id) == ["T:planner", "T:other"])
        #expect(sequences[0].steps.map(\.span) == [SpanID(5), SpanID(3)])
        #expect(sequences[0].steps.map(\.label) == ["planner", "planner"])
    }

    @Test("tell a step's own reward from what was handed down, and what they are worth")
    func worth() {
        var table = table
        table.rewards = [4: 0.5, 5: 0.25, 6: 1]
        table.shared.handedDown = [6]
        let steps = RewardSequence.all(in: table, named: "T", facts())[1]
        #expect(steps.steps.map(\.own) == [0.5, 0.25, nil])
        #expect(steps.steps.map(\.handedDown) == [nil, nil, 1])
        #expect(steps.rewards == [0.5, 0.25, 1])
        #expect(steps.worth == 0.375)
        #expect(steps.rewards(under: Propagation(.uniform), worth: 0.75) == [0.5, 0.25, 0.75])
        #expect(steps.rewards(under: Propagation(.toErrors), worth: 0.75) == [0.5, 0.25, nil])
        table.shared.sequences = ["T:coder": 0.9]
        #expect(RewardSequence.all(in: table, named: "T", facts())[1].worth == 0.9)
        table.shared.whole = 0.1
        // A judgement of the trace is one of the sequence only where the trace is one sequence.
        #expect(RewardSequence.all(in: table, named: "T", facts())[0].worth == nil)
        #expect(RewardSequence.all(in: table, named: "T", facts(), scope: .pipeline)[0].worth == 0.1)
        #expect(RewardSequence.total([nil, nil]) == nil && RewardSequence.total([1, nil, 0]) == 0.5)
    }

    @Test("survive parents in circles and spans without any")
    func circles() {
        var table = SpanTable([Given(id: 1, parent: 2, name: "a"), Given(id: 2, parent: 1, name: "b")])
        for span in 0..<2 { table.traits[span].category = .tool }
        #expect(RewardSequence.all(in: table, named: "T", [StepFacts(), StepFacts()]).flatMap(\.steps).count == 2)
    }

    @Test("are told by what bodies say")
    func stepFacts() {
        var body = SpanBody(
            traceID: TraceID(high: 0, low: 1), spanID: SpanID(1), parentID: SpanID(0), name: "s", start: 0, end: 1)
        body.attributes = [
            Attribute("rl.triplet_id", .string("t1")), Attribute("rl.sequence_id", .string("T:a")),
            Attribute("rl.sequence_index", .int(3)), Attribute("agent.role", .string("a")),
            Attribute("task.id", .string("T")), Attribute("run", .int(7)),
        ]
        let facts = StepFacts(body, custom: "run")
        #expect(facts.isTriplet && facts.sequence == "T:a" && facts.index == 3)
        #expect(facts.agent == "a" && facts.task == "T" && facts.custom == "7")
        body.attributes.remove(at: 1)
        #expect(!StepFacts(body).isTriplet)
    }
}
