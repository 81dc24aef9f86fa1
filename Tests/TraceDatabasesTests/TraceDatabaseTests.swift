import Foundation
import Testing
import TraceDatabases
import TraceFixtures
import TraceFormats
import TraceModel

/// Databases that are made by SQLite's own statements, as their systems make them.
struct TraceDatabaseTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-db-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func database(_ statements: String...) throws -> String {
        let path = folder.appending(path: "\(UUID().uuidString).db").path()
        try Data().write(to: URL(filePath: path))
        let database = try SQLiteDatabase(path, isWritable: true)
        for statement in statements { try database.run(statement) }
        return path
    }

    private func spans(_ path: String) throws -> (spans: [TranslatedSpan], problems: [ScanProblem]) {
        var spans: [TranslatedSpan] = []
        var problems: [ScanProblem] = []
        let format = try #require(try TraceDatabase.recognise(path))
        try TraceDatabase.translate(path, format, TranslationSource(path: path)) { output in
            spans += output.spans.map(\.whole)
            problems += output.problems
        }
        return (spans, problems)
    }

    private let costs = """
        CREATE TABLE agent_cost_vector (id INTEGER PRIMARY KEY, timestamp TEXT, task_id TEXT, agent_role TEXT,
        metric_type TEXT, metric_value REAL, llm_model TEXT, metadata TEXT)
        """

    private func cost(_ metric: String, _ value: Double, at time: String, role: String = "Code", success: Bool = true)
        -> String
    {
        """
        INSERT INTO agent_cost_vector(timestamp, task_id, agent_role, metric_type, metric_value, llm_model, metadata)
        VALUES ('\(time)', 'T-1', '\(role)', '\(metric)', \(value), 'claude', '{"function": "execute", "success": \(success), "error_type": null}')
        """
    }

    @Test("rows of costs are folded into calls, under the phases of their task")
    func calls() throws {
        let path = try database(
            costs, cost("Latency", 2000, at: "2025-11-12T10:00:05+00:00"),
            cost("Tokens_In", 10, at: "2025-11-12 10:00:05"),
            cost("API_Cost", 0.5, at: "2025-11-12T10:00:05+00:00"),
            cost("Latency", 1000, at: "2025-11-12T10:00:07+00:00", success: false))
        let (spans, problems) = try spans(path)
        #expect(problems == [])
        let calls = spans.filter { $0.body.name == "Code.execute" }.map(\.body)
        #expect(calls.map { $0.end - $0.start } == [2_000_000_000, 1_000_000_000])
        #expect(calls.map(\.status) == [.ok, .error])
        #expect(calls[0].attributes.contains(Attribute("gen_ai.usage.input_tokens", .int(10))))
        #expect(calls[0].attributes.contains(Attribute("gen_ai.usage.cost", .double(0.5))))
        let phase = try #require(spans.first { $0.body.name == "Code" })
        #expect(calls.allSatisfy { $0.parentID == phase.body.spanID })
        #expect(spans.contains { $0.body.name == "T-1" && $0.body.spanID == phase.body.parentID })
    }

    @Test("requests for approval have their report, their state and their decisions")
    func approvals() throws {
        let path = try database(
            """
            CREATE TABLE approval_requests (id INTEGER PRIMARY KEY, request_id TEXT, task_id TEXT, gate_type TEXT,
            gate_name TEXT, requested_at TEXT, quality_report TEXT, status TEXT)
            """,
            "CREATE TABLE approval_decisions (id INTEGER PRIMARY KEY, request_id TEXT, decision TEXT, reviewer TEXT, decided_at TEXT, justification TEXT)",
            """
            INSERT INTO approval_requests VALUES (1, 'R1', 'T-1', 'code_review', 'Code Review', '2025-11-12 10:00:00', '{"a": 1}', 'pending'),
            (2, 'R2', 'T-1', 'code_review', 'Second', '2025-11-12 10:00:00', '{}', 'rejected')
            """,
            "INSERT INTO approval_decisions VALUES (1, 'R2', 'rejected', 'ann', '2025-11-12 10:01:00', 'too slow')")
        let (spans, _) = try spans(path)
        let open = try #require(spans.first { $0.body.name == "Code Review" }).body
        #expect(open.end == 0)
        #expect(open.attributes.contains(Attribute("asp.approval.request_id", .string("R1"))))
        #expect(open.attributes.contains(Attribute("input.value", .string(#"{"a": 1}"#))))
        let decided = try #require(spans.first { $0.body.name == "Second" }).body
        #expect(decided.end - decided.start == 60_000_000_000)
        #expect(decided.attributes.contains(Attribute(SpanVocabulary.reward, .double(0))))
        let score = try #require(decided.events.first { $0.name == "gen_ai.evaluation.result" })
        #expect(score.attributes.contains(Attribute("gen_ai.evaluation.explanation", .string("too slow"))))
    }

    @Test("a defect stands under the phase that removed it and points to the one that injected it")
    func defects() throws {
        let path = try database(
            "CREATE TABLE defect_log (defect_id TEXT, created_at TEXT, task_id TEXT, defect_type TEXT, phase_injected TEXT, phase_removed TEXT, description TEXT)",
            "INSERT INTO defect_log VALUES ('D1', '2025-11-12 10:00:00', 'T-1', '50_Interface', 'Design', 'CodeQualityReview', 'no check'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL)"
        )
        let (spans, problems) = try spans(path)
        #expect(problems.count == 1)
        let defect = try #require(spans.first { $0.body.name == "50_Interface" }).body
        let design = try #require(spans.first { $0.body.name == "Design" }).body
        let review = try #require(spans.first { $0.body.name == "CodeReview" }).body
        #expect(defect.parentID == review.spanID)
        #expect(defect.links.map(\.spanID) == [design.spanID])
    }

    @Test("triplets in a table are those of the lines")
    func triplets() throws {
        let path = try database(
            "CREATE TABLE rl_triplets (id INTEGER PRIMARY KEY, trace_id TEXT, span_id TEXT, timestamp TEXT, state_json TEXT, action_json TEXT, reward_json TEXT)",
            #"""
            INSERT INTO rl_triplets VALUES (1, '216363698b529b4a97b750923ceb3ffd', '9b08923d10c67fd9', '2025-12-03T09:00:01',
            '{"agent_role": "Code", "task_id": "T-1"}', '{"success": true, "duration_ms": 100, "function_name": "execute"}', '{"value": 0.75}')
            """#)
        let (spans, _) = try spans(path)
        let triplet = try #require(spans.first { $0.body.name == "Code.execute" }).body
        #expect(triplet.attributes.contains(Attribute(SpanVocabulary.reward, .double(0.75))))
        #expect(spans.contains { $0.body.name == "T-1" && $0.body.spanID == triplet.parentID })
    }

    @Test("what is no database, or a broken one, is told")
    func broken() throws {
        let path = folder.appending(path: "broken.db").path()
        try Data(TraceDatabase.magic + [0] + Array(repeating: 7, count: 5000)).write(to: URL(filePath: path))
        #expect(throws: FormatError.self) { try TraceDatabase.recognise(path) }
        #expect(throws: FormatError.self) { try TraceDatabase.recognise(folder.appending(path: "none").path()) }
        #expect(try TraceDatabase.recognise(try database("CREATE TABLE cats (name TEXT)")) == nil)
    }
}
