import Testing
import TraceModel

@Suite("Span traits")
struct SpanTraitsTests {
    @Test("hold status, kind and category apart", arguments: SpanKind.allCases, SpanCategory.allCases)
    func apart(_ kind: SpanKind, _ category: SpanCategory) {
        for status in SpanStatus.allCases {
            var traits = SpanTraits(status: status, kind: kind, category: category)
            for flag in [\SpanTraits.isRunning, \.hasEvents, \.hasLinks, \.isInferred] {
                #expect(!traits[keyPath: flag])
                traits[keyPath: flag] = true
                #expect(traits[keyPath: flag])
            }
            #expect(traits.status == status)
            #expect(traits.kind == kind)
            #expect(traits.category == category)
            traits.hasEvents = false
            #expect(traits.isRunning && !traits.hasEvents && traits.hasLinks)
        }
    }

    @Test(
        "get their category from the operation's name in any case",
        arguments: [
            ("invoke_agent", SpanCategory.agent), ("LLM", .model), ("chat", .model), ("execute_tool", .tool),
            ("Retriever", .retrieval), ("GUARDRAIL", .evaluation), ("chain", .workflow),
        ])
    func category(_ operation: String, _ expected: SpanCategory) {
        #expect(SpanCategory(operation: operation) == expected)
        #expect(SpanCategory(operation: operation + "?") == nil)
    }
}
