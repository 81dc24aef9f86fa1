import FileStore
import Foundation
import Judgements
import Testing
import TraceDatabases
import TraceFormats
import TraceModel
import TraceStore

/// Judgements of real files: what is written, what is left alone, what survives.
struct JudgedStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-judged-\(UUID().uuidString)")
    private let state = FileManager.default.temporaryDirectory.appending(path: "spandrel-state-\(UUID().uuidString)")
        .path()

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func write(_ name: String, _ text: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path()
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func open(_ sources: String..., author: String = "ann", isReadOnly: Bool = false) async -> (
        JudgedStore, StoreState
    ) {
        var options = FileStoreOptions()
        options.cacheDirectory = nil
        var judging = JudgementOptions(directory: state, author: author)
        judging.isReadOnly = isReadOnly
        let store = JudgedStore(FileStore(sources, options: options), judging)
        var last = StoreState()
        for await state in store.read() { last = state }
        return (store, last)
    }

    private func root(_ store: JudgedStore, _ state: StoreState) async throws -> SpanRef {
        let trace = try #require(state.traces.ids.first)
        let spans = try await store.spans(of: trace)
        let position = try #require(spans.parents.firstIndex { $0.isZero })
        return spans.refs[position]
    }

    private func judgement(_ value: Double, _ verdict: RewardRecord.Verdict? = nil) -> Judgement {
        Judgement(value: value, verdict: verdict, author: "ann")
    }

    private let call = #"""
        {
          "trace_id": "Controller_20251206_235837_798251",  "component": "Controller",
          "timestamp_start": "2025-12-06T23:58:37", "prompt": "caf\u00e9", "metadata": {}, "response": "ok",
          "timestamp_end": "2025-12-06T23:58:39", "latency_ms": 1.50, "reward": 0.56, "mood": "low"
        }
        """#

    @Test("an mhc call gets its reward in its file, and every other byte stays; undo brings the former one back")
    func mhc() async throws {
        let path = try write("call.json", call)
        chmod(path, 0o640)
        let (store, state) = await open(path)
        #expect(state.traces[0].reward == Double(Float(0.56)))
        let span = try await root(store, state)
        let receipt = try await store.judge(span, isWhole: true, judgement(0.25))
        #expect(receipt.place == path)
        #expect(try text(path) == call.replacing("0.56", with: "0.25"))
        var info = stat()
        #expect(stat(path, &info) == 0 && info.st_mode & 0o777 == 0o640)
        // The span can still be read, and judged again.
        #expect(try await store.body(of: span, limit: nil).name == "Controller")
        try await store.judge(span, isWhole: true, judgement(1, .approve))
        #expect(try text(path) == call.replacing("0.56", with: "1.0"))
        // Another day, another program: both can be taken back.
        let (later, _) = await open(path)
        #expect(try await later.undo().value == 0.25)
        #expect(try text(path) == call.replacing("0.56", with: "0.25"))
        #expect(try await later.undo().value == 0.56)
        #expect(try text(path) == call)
        await #expect(throws: StoreError.self) { try await later.undo() }
    }

    private func triplet(_ number: Int) -> String {
        #"{"triplet_id": "t\#(number)", "sequence_id": "TASK-1", "sequence_index": \#(number), "timestamp_utc": "2025-12-03T09:00:0\#(number)", "state": {"a":  1}, "action": {"reward": 7}, "reward": null, "reward_assigned_at": null, "reward_source": null}"#
    }

    @Test(
        "a triplet gets its reward in its line, a sequence in the lines of its other steps; broken lines stay as they are"
    )
    func triplets() async throws {
        let before = [triplet(0), "{broken", triplet(1), ""].joined(separator: "\n")
        let path = try write("triplets.jsonl", before)
        let (store, state) = await open(path)
        let trace = try #require(state.traces.ids.first)
        let spans = try await store.spans(of: trace)
        var first: SpanRef?
        for ref in spans.refs
        where try await store.body(of: ref, limit: nil).attributes.contains(Attribute("rl.triplet_id", .string("t0"))) {
            first = ref
        }
        let step = try #require(first)
        try await store.judge(step, isWhole: false, judgement(0.5))
        let lines = try text(path).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].contains(#""action": {"reward": 7}, "reward": 0.5, "reward_assigned_at": "20"#))
        #expect(lines[0].contains(#""reward_source": "hitl:ann"}"#))
        #expect(lines[1] == "{broken" && lines[2] == triplet(1) && lines[3] == "")
        let steps = spans.refs.indices.filter {
            spans.parents[$0] == spans.ids[spans.parents.firstIndex { $0.isZero } ?? 0]
        }
        try await store.judge(sequence: "TASK-1", in: trace, steps.map { spans.refs[$0] }, judgement(1))
        // What a person said of the step itself outlasts what is handed down to it.
        let judged = try text(path).split(separator: "\n").filter { $0.contains("hitl:ann") }
        #expect(judged.count == 2)
        #expect(judged[0].contains(#""reward": 0.5"#) && judged[1].contains(#""reward": 1.0"#))
        let (_, again) = await open(path)
        #expect(again.traces[0].reward == 0.75)
    }

    @Test("an approval of ASP's is decided in its database, once")
    func approval() async throws {
        let path = try write("asp.db", "")
        let database = try SQLiteDatabase(path, isWritable: true)
        try database.run(
            "CREATE TABLE approval_requests (id INTEGER PRIMARY KEY, request_id TEXT, task_id TEXT, gate_name TEXT, requested_at TEXT, quality_report TEXT, status TEXT)"
        )
        try database.run(
            "CREATE TABLE approval_decisions (id INTEGER PRIMARY KEY, request_id TEXT, decision TEXT, reviewer TEXT, decided_at TEXT DEFAULT (datetime('now')), justification TEXT NOT NULL)"
        )
        try database.run(
            "INSERT INTO approval_requests VALUES (1, 'R1', 'T-1', 'Gate', '2025-11-12 10:00:00', '{}', 'pending')")
        let (store, state) = await open(path)
        let spans = try await store.spans(of: state.traces.ids[0])
        let request = try #require(spans.ids.firstIndex(of: DerivedID.span("asp approval R1")))
        try await store.judge(spans.refs[request], isWhole: false, judgement(0, .reject))
        var found: [String?] = []
        try database.rows(
            "SELECT d.decision, d.reviewer, r.status FROM approval_decisions d JOIN approval_requests r USING (request_id)"
        ) { row in
            found = [row["decision"], row["reviewer"], row["status"]]
            return true
        }
        #expect(found == ["rejected", "ann", "rejected"])
        await #expect(throws: StoreError("\(path): the request R1 is rejected already")) {
            try await store.judge(spans.refs[request], isWhole: false, judgement(1, .approve))
        }
    }

    private func otlp() throws -> String {
        let body = SpanBody(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: "root", start: 1_000, end: 2_000)
        return try write("otlp.jsonl", String(decoding: OTLPJSONWriter.line([body]), as: UTF8.self))
    }

    @Test("any other source has its rewards beside it, found again also when it was moved without them")
    func sidecar() async throws {
        let path = try otlp()
        let before = try text(path)
        let (store, state) = await open(path)
        let span = try await root(store, state)
        let receipt = try await store.judge(span, isWhole: true, judgement(0.75))
        #expect(receipt.place == path + ".rewards.jsonl")
        #expect(try text(path) == before)
        let (_, again) = await open(folder.path())
        #expect(again.traces[0].reward == 0.75 && again.problems.count == 0)
        let moved = folder.appending(path: "moved.jsonl").path()
        try FileManager.default.moveItem(atPath: path, toPath: moved)
        #expect(await open(moved).1.traces[0].reward == 0.75)
    }

    @Test("broken lines of a sidecar are told and passed over, and the next judgement begins a line of its own")
    func brokenSidecar() async throws {
        let path = try otlp()
        try Data("{\"id\": \"01M7Y".utf8).write(to: URL(filePath: path + ".rewards.jsonl"))
        let (store, state) = await open(path)
        #expect(state.problems.first.map(\.place) == [.line(1)])
        let span = try await root(store, state)
        try await store.judge(span, isWhole: true, judgement(0.5))
        let (_, again) = await open(path)
        #expect(again.traces[0].reward == 0.5)
    }

    @Test("what cannot be judged says why: read-only, out of bounds")
    func refusals() async throws {
        let path = try write("call.json", call)
        let (closed, state) = await open(path, isReadOnly: true)
        let span = try await root(closed, state)
        await #expect(throws: StoreError("--readonly: nothing can be judged")) {
            try await closed.judge(span, isWhole: true, judgement(1))
        }
        let (store, _) = await open(path)
        await #expect(throws: StoreError("a reward is a number from 0 to 1, not 7.0")) {
            try await store.judge(span, isWhole: true, judgement(7))
        }
        #expect(try text(path) == call)
    }

    @Test("two who judge the same file at once lose nothing")
    func together() async throws {
        let path = try write("triplets.jsonl", (0..<8).map { triplet($0) }.joined(separator: "\n") + "\n")
        let (first, state) = await open(path)
        let (second, _) = await open(path, author: "bob")
        let spans = try await first.spans(of: state.traces.ids[0])
        let steps = spans.refs.indices.filter { !spans.parents[$0].isZero }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for step in steps {
                let store = step.isMultiple(of: 2) ? first : second
                group.addTask { _ = try await store.judge(spans.refs[step], isWhole: false, self.judgement(0.5)) }
            }
            try await group.waitForAll()
        }
        #expect(try text(path).components(separatedBy: #""reward": 0.5"#).count == 9)
    }

    // MARK: Taken over

    private func takeOver(
        _ store: JudgedStore, at span: SpanRef, _ record: (SpanBody, Int64) -> RewardRecord
    ) async throws -> JudgementReceipt? {
        let takeovers = [try await store.takeover(at: span, record)].compactMap { $0 }
        return try store.takeOver(takeovers).first
    }

    @Test("takes a judgement over once, and lets the source alone where a later one counts")
    func takenOver() async throws {
        let call =
            #"{"trace_id": "a_1", "component": "C", "timestamp_start": "2026-11-20T10:00:00", "prompt": "p", "reward": null}"#
        let path = try write("call.json", call)
        let (store, state) = await open(path)
        let root = try await root(store, state)
        func record(_ id: UInt64, _ value: Double, at time: Int64) -> RewardRecord {
            RewardRecord(
                id: RewardID(high: id, low: 0), target: .trace(state.traces.ids[0]), value: value, author: "elsewhere",
                authorKind: .human, createdAt: time)
        }
        #expect(try await takeOver(store, at: root) { _, _ in record(2, 0.75, at: 200) } != nil)
        #expect(try text(path) == call.replacing("null", with: "0.75"))
        #expect(try await takeOver(store, at: root) { _, _ in record(2, 0.75, at: 200) } == nil)
        // An older one is kept, but what counts stays in the source.
        let older = try #require(try await takeOver(store, at: root) { _, _ in record(1, 0.25, at: 100) })
        #expect(older.value == 0.75 && older.place == path + FileStore.sidecarSuffix)
        #expect(try text(path) == call.replacing("null", with: "0.75"))
        let (again, _) = await open(path)
        #expect(again.standing.map(\.value) == [0.25, 0.75])
        #expect(try await takeOver(again, at: root) { _, _ in record(1, 0.25, at: 100) } == nil)
    }

    @Test(
        "leaves a source's own reward alone where what is taken over has no value",
        arguments: [RewardRecord.Verdict.skip, .unknown, .withdrawn])
    func takenOverWithoutValue(verdict: RewardRecord.Verdict) async throws {
        let call = #"{"trace_id": "a_1", "component": "C", "timestamp_start": "2026-11-20T10:00:00", "reward": 0.9}"#
        let path = try write("call.json", call)
        let (store, state) = await open(path)
        let root = try await root(store, state)
        let receipt = try await takeOver(store, at: root) { body, now in
            var record = RewardRecord(
                id: RewardID(high: 1, low: 1), target: .trace(body.traceID), verdict: verdict, author: "x",
                createdAt: now)
            if verdict == .withdrawn { record.supersedes = RewardID(high: 0, low: 7) }
            return record
        }
        #expect(receipt != nil)
        #expect(try text(path) == call)
    }

    @Test("takes nothing over where it may not judge")
    func takenOverReadOnly() async throws {
        let path = try write(
            "call.json",
            #"{"trace_id": "a_1", "component": "C", "timestamp_start": "2026-11-20T10:00:00", "reward": null}"#)
        let (store, state) = await open(path, isReadOnly: true)
        let root = try await root(store, state)
        await #expect(throws: StoreError.self) {
            try await takeOver(store, at: root) { body, now in
                RewardRecord(
                    id: RewardID(high: 1, low: 1), target: .trace(body.traceID), value: 1, author: "x", createdAt: now)
            }
        }
        #expect(store.standing.isEmpty)
    }
}
