import Testing
import TraceFixtures
import TraceFormats
import TraceModel

struct StructuredLogTests {
    @Test("lines that name a trace are its logs, whichever logger wrote them")
    func traces() throws {
        let text = """
            {"level":50,"time":1745342713000,"msg":"late","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","pid":7}
            {"level":"warn","timestamp":"2025-04-22T17:25:14Z","message":"slow","traceId":"0af7651916cd43dd8448eb211c80319c"}
            {"levelno":40,"created":1745342715.5,"message":"gone","dd.trace_id":"1234567890123456789","dd.span_id":"9876543210987654321"}
            """
        let translation = try Translation(text)
        #expect(translation.format == .structuredLog && translation.spans.isEmpty && translation.problems == [])
        let logs = translation.output.logs
        #expect(logs.map(\.severityNumber) == [17, 13, 17])
        #expect(logs.map(\.body) == [.string("late"), .string("slow"), .string("gone")])
        #expect(logs[0].spanID == SpanID(hex: "b7ad6b7169203331") && logs[1].spanID.isZero)
        #expect(logs[0].traceID == logs[1].traceID && logs[0].time == 1_745_342_713_000_000_000)
        #expect(logs[2].traceID == TraceID(high: 0, low: 1_234_567_890_123_456_789))
        #expect(logs[2].spanID == SpanID(9_876_543_210_987_654_321))
        #expect(logs[0].attributes.contains(Attribute("pid", .int(7))))
    }

    private func line(_ second: Int, _ rest: String, level: String = "info") -> String {
        #"{"level":"\#(level)","timestamp":"2026-02-01T09:00:0\#(second)Z","service":"brain",\#(rest)}"# + "\n"
    }

    @Test("lines of another correlation make an inferred trace, with a span for each agent and step")
    func correlations() throws {
        let translation = try Translation(
            line(1, #""message":"start","missionId":"M""#) + line(2, #""message":"plan","missionId":"M","agentId":"A""#)
                + line(3, #""message":"boom","missionId":"M","agentId":"A","stepId":"S""#, level: "error")
                + line(4, #""message":"no ids at all""#) + line(5, #""message":"other","X-Correlation-ID":"C""#))
        #expect(translation.problems == [])
        let mission = try #require(translation.spans.whole("M"))
        let agent = try #require(translation.spans.whole("agent A"))
        let step = try #require(translation.spans.whole("step S"))
        #expect(mission.end - mission.start == 2_000_000_000 && mission.status == .unset)
        #expect(agent.parentID == mission.spanID && step.parentID == agent.spanID)
        #expect(step.status == .error && step.statusMessage == "boom" && agent.status == .unset)
        #expect([mission, agent, step].allSatisfy { $0[SpanVocabulary.inferred] == .bool(true) })
        #expect(translation.span("C")?.traceID != mission.traceID)
        #expect(translation.output.logs.map(\.spanID).prefix(3) == [mission.spanID, agent.spanID, step.spanID])
        #expect(translation.output.logs.count == 4)
    }

    @Test("a file of very many requests is handed over on the way, and comes to the same")
    func many() throws {
        let long = String(repeating: "m", count: 160)
        let text = (0..<5000).map { line($0 % 10, #""msg":"\#(long)","request_id":"r\#($0 % 4500)""#) }.joined()
        #expect(text.utf8.count > 1 << 20)
        let translation = try Translation(text)
        #expect(Set(translation.spans.map(\.body.spanID)).count == 4500)
        #expect(try #require(translation.spans.whole("r3")).start > 0)
        #expect(try Translation(text, window: 4000).output.logs == translation.output.logs)
        #expect(try kept(text, window: 4000) == kept(text, window: text.utf8.count))
    }

    /// What is kept of a file that is handed over so many bytes at a time.
    private func kept(_ text: String, window: Int) throws -> [UInt8] {
        var translator = try #require(
            WindowTranslator(.structuredLog, TranslationSource(path: ""), ModelPrices()))
        var scanner = TraceFormat.structuredLog.makeScanner(ModelPrices())
        var batch = SpanBatch()
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = min(start + window, bytes.count)
            let (used, output) = bytes[start..<end].withUnsafeBytes {
                translator.take($0, at: UInt64(start), isLast: end == bytes.count, into: &batch)
            }
            start += used
            output.take(with: &scanner, into: &batch) { piece in
                defer { kept += piece }
                return UInt64(kept.count)
            }
        }
        return kept
    }

    @Test(
        "lines that correlate with nothing, or are no log, are not claimed",
        arguments: [
            #"{"message":"hello","level":"info","timestamp":"2026-02-01T09:00:00Z"}"#,
            #"{"user_id":"u","name":"Ada","created":"2026-02-01"}"#, #"{"message":"text of a mail","userId":"u"}"#,
            #"{"message":{"role":"user"},"sessionId":"s","timestamp":"2026-02-01T09:00:00Z"}"#,
        ])
    func others(line: String) throws { #expect(throws: Translation.Fault.self) { try Translation(line) } }

    @Test(
        "agents, steps and people correlate where nothing wider does",
        arguments: ["agentId", "stepId", "userId", "conversationId", "request_id", "correlation_id"])
    func keys(key: String) throws {
        let translation = try Translation(line(1, #""message":"m","\#(key)":"x""#))
        #expect(translation.spans.map(\.body.name) == ["x"] && translation.output.logs.count == 1)
    }

    @Test("broken lines cost themselves, and what is printed between is passed over")
    func broken() throws {
        let good = line(1, #""message":"m","missionId":"M""#)
        let translation = try Translation(good + "listening on 8080\n{\"message\": \n" + good + "{\"message\":\"cut")
        #expect(translation.output.logs.count == 2)
        #expect(translation.problems.map(\.place) == [.line(3), .line(5)])
    }
}
