import FileStore
import Foundation
import Judgements
import Testing
import TraceDatabases
import TraceFormats
import TraceModel
import TraceStore

/// A folder of files to judge, and a journal of its own.
struct JudgedFolder {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-judged-\(UUID().uuidString)")
    let state = FileManager.default.temporaryDirectory.appending(path: "spandrel-state-\(UUID().uuidString)").path()

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func path(_ name: String) -> String { folder.appending(path: name).path() }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: name))
        return path(name)
    }

    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// What the folder has, hidden files as well.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted() }
    }

    func options(_ author: String = "ann") -> JudgementOptions {
        var options = JudgementOptions(directory: state, author: author)
        options.patience = 10
        return options
    }

    /// The judgements of the journal that have not reached their sources, as any program sees them.
    var waiting: [PendingJudgement] { JudgedStore.pending(options()).report.judgements }

    func open(
        _ sources: String..., author: String = "ann", isRetrying: Bool = false
    ) async -> (store: JudgedStore, state: StoreState) {
        var reading = FileStoreOptions()
        reading.cacheDirectory = nil
        var options = options(author)
        options.isRetrying = isRetrying
        let store = JudgedStore(FileStore(sources, options: reading), options)
        var last = StoreState()
        for await state in store.read() { last = state }
        return (store, last)
    }

    /// A span by what it says of itself.
    func span(_ key: String, _ value: String, _ opened: (store: JudgedStore, state: StoreState)) async throws -> SpanRef
    {
        for trace in opened.state.traces.ids {
            for ref in try await opened.store.spans(of: trace).refs {
                let body = try await opened.store.body(of: ref, limit: nil)
                if body.attributes.contains(Attribute(key, .string(value))) { return ref }
            }
        }
        throw StoreError("there is no \(key) \(value)")
    }

    func root(_ opened: (store: JudgedStore, state: StoreState)) async throws -> SpanRef {
        let trace = try #require(opened.state.traces.ids.first)
        let spans = try await opened.store.spans(of: trace)
        return spans.refs[try #require(spans.parents.firstIndex { $0.isZero })]
    }

    // MARK: Sources of each kind

    static let call = #"""
        {
          "trace_id": "Controller_20251206_235837_798251",  "component": "Controller",
          "timestamp_start": "2025-12-06T23:58:37", "prompt": "caf\u00e9", "metadata": {}, "response": "ok",
          "timestamp_end": "2025-12-06T23:58:39", "latency_ms": 1.50, "reward": 0.5, "mood": "low"
        }
        """#

    static func triplet(_ number: Int) -> String {
        #"{"triplet_id": "t\#(number)", "sequence_id": "TASK-1", "sequence_index": \#(number), "timestamp_utc": "2025-12-03T09:00:0\#(number)", "state": {"a":  1}, "action": {"reward": 7}, "reward": null, "reward_assigned_at": null, "reward_source": null}"#
    }

    static func otlp() -> String {
        let body = SpanBody(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: "root", start: 1_000, end: 2_000)
        return String(decoding: OTLPJSONWriter.line([body]), as: UTF8.self)
    }

    /// ASP's telemetry with one request for approval and one defect.
    func database(_ name: String = "asp.db", hasFlags: Bool = true) throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(write(name, ""), isWritable: true)
        try database.run(
            "CREATE TABLE approval_requests (id INTEGER PRIMARY KEY, request_id TEXT, task_id TEXT, gate_name TEXT, requested_at TEXT, quality_report TEXT, status TEXT)"
        )
        try database.run(
            "CREATE TABLE approval_decisions (id INTEGER PRIMARY KEY, request_id TEXT, decision TEXT, reviewer TEXT, decided_at TEXT DEFAULT (datetime('now')), justification TEXT NOT NULL)"
        )
        try database.run(
            "INSERT INTO approval_requests VALUES (1, 'R1', 'T-1', 'Gate', '2025-11-12 10:00:00', '{}', 'pending')")
        let flags = hasFlags ? ", validated_by_human INTEGER DEFAULT 0, false_positive INTEGER DEFAULT 0" : ""
        try database.run(
            "CREATE TABLE defect_log (defect_id TEXT PRIMARY KEY, created_at TEXT, resolved_at TEXT, task_id TEXT, defect_type TEXT, severity TEXT, phase_injected TEXT, phase_removed TEXT, description TEXT\(flags))"
        )
        try database.run(
            "INSERT INTO defect_log (defect_id, created_at, task_id, defect_type, severity, phase_injected, phase_removed, description) VALUES ('D1', '2025-11-12 10:00:00', 'T-1', '70_Data', 'High', 'Code', 'Test', 'off by one')"
        )
        return database
    }
}

extension SQLiteDatabase {
    /// The rows of a query, their columns with a bar between.
    func texts(_ query: String) throws -> [String] {
        var found: [String] = []
        try rows(query) { row in
            found.append(row.names.map { row[$0] ?? "null" }.joined(separator: "|"))
            return true
        }
        return found
    }
}
