import Testing
import TraceModel
import TraceQuery

@Suite struct TraceQueryTests {
    private func trace() -> TraceSummary {
        var trace = TraceSummary(id: TraceID(high: 0xABCD, low: 1))
        trace.agent = "Planner"
        trace.root = "AgentRun"
        trace.title = "Write a story"
        trace.service = "studio"
        trace.model = "gpt-4o"
        trace.duration = 2_500_000_000
        trace.errors = 1
        trace.spans = 12
        trace.tokensIn = 18_000
        trace.tokensOut = 400
        trace.reward = Double(Float(0.3))
        trace.start = 1_795_197_600_000_000_000  // 2026-11-20T18:00Z
        return trace
    }

    private func table(_ traces: [TraceSummary]) -> TraceTable {
        var table = TraceTable()
        for trace in traces {
            table.ids.append(trace.id)
            table.starts.append(trace.start)
            table.durations.append(trace.duration)
            table.spans.append(UInt32(trace.spans))
            table.errors.append(UInt32(trace.errors))
            table.tokensIn.append(UInt64(trace.tokensIn))
            table.tokensOut.append(UInt64(trace.tokensOut))
            table.costs.append(trace.cost ?? .nan)
            table.rewards.append(trace.reward.map { Float($0) } ?? .nan)
            table.traits.append(trace.isRunning ? .running : [])
            table.roots.append(table.strings.intern(trace.root))
            table.titles.append(table.strings.intern(trace.title))
            table.services.append(table.strings.intern(trace.service))
            table.agents.append(table.strings.intern(trace.agent))
            table.sources.append(table.strings.intern(trace.source))
            table.formats.append(table.strings.intern(trace.format))
            table.sessions.append(table.strings.intern(trace.session))
            table.models.append(table.strings.intern(trace.model))
            table.names.append(table.strings.intern(trace.name))
        }
        return table
    }

    @Test(
        "holds, of a trace and of its row in the list alike",
        arguments: [
            ("", true), ("story", true), ("Story", false), ("studio write", true), ("studio poem", false),
            ("agent=planner", true), ("agent!=planner", false), ("name~^Agent", true), ("name~^run", false),
            ("name!~^run", true), ("-agent=planner", false), ("-poem", true), ("duration>2s", true),
            ("duration>2500ms", false), ("duration>=2500ms", true), ("duration<1m", true), ("reward<0.5", true),
            ("reward=0.3", true), ("reward>0.3", false), ("cost=none", true), ("cost!=none", false), ("cost<1", false),
            ("status=error", true), ("status!=error", false), ("status=ok", false), ("status=running", false),
            ("tokens>18k", true), ("tokens_out=400", true), ("spans>=12 errors=1", true), ("id~^0000", true),
            ("abcd", true), ("model~gpt", true), (#"title="Write a story""#, true), (#""a story""#, true),
            (#""agent=planner""#, false), ("start>2026-11-20", true), ("start>2026-11-20T18:01", false),
        ] as [(String, Bool)])
    func holds(text: String, expected: Bool) throws {
        let query = try TraceQuery(text)
        #expect(QueryEvaluator(query).matches(trace()) == expected)
        #expect(query.matches(table([trace(), TraceSummary(id: TraceID(high: 9, low: 9)), trace()]))[2] == expected)
    }

    @Test(
        "says what is wrong, and what would be right",
        arguments: [
            ("colour=red", "nothing is called colour; there are agent"), ("agent<5", "agent is a text"),
            ("reward=high", "high is no number"), ("duration>soon", "soon is no duration"),
            ("status=bad", "a status is ok, error or running"), ("name~[", "[ is no regular expression"),
            ("start>today", "today is no time"), ("reward~5", "reward is a number"), ("cost>none", "cost is none"),
        ])
    func mistakes(text: String, message: String) {
        let error = #expect(throws: QueryError.self) { try TraceQuery(text) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }
}
