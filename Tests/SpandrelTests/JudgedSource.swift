import Foundation
import Testing

/// A file of one kind to judge from outside, and where the journal of its judgements is.
struct JudgedSource: Sendable, CustomTestStringConvertible {
    /// How a source has its rewards.
    enum Kind: String, CaseIterable, Sendable {
        case triplets, call, sidecar, defects
    }

    let kind: Kind
    let folder: URL
    let count: Int

    var testDescription: String { kind.rawValue }

    /// A source of `count` things that can be judged, with blank lines at its end.
    init(_ kind: Kind, count: Int = 1, blanks: Int = 0) throws {
        self.kind = kind
        self.count = count
        folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        switch kind {
        case .triplets:
            try Data(((0..<count).map(Self.triplet).joined() + String(repeating: "\n", count: blanks)).utf8).write(
                to: URL(filePath: path))
        case .call: try Data(Self.call("null").utf8).write(to: URL(filePath: path))
        case .sidecar: try Data((0..<count).map(Self.line).joined().utf8).write(to: URL(filePath: path))
        case .defects:
            var script = """
                CREATE TABLE defect_log (defect_id TEXT PRIMARY KEY, created_at TEXT, task_id TEXT, defect_type TEXT,
                phase_injected TEXT, phase_removed TEXT, description TEXT, validated_by_human INTEGER DEFAULT 0,
                false_positive INTEGER DEFAULT 0);
                """
            for number in 0..<count {
                script +=
                    "INSERT INTO defect_log VALUES ('defect-\(number)', '2025-11-12 10:00:00', 'T-1', '70_Data', 'Code', 'Test', 'x', 0, 0);"
            }
            _ = try sqlite(script)
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    var path: String {
        let name =
            switch kind {
            case .triplets: "triplets.jsonl"
            case .call: "call.json"
            case .sidecar: "spans.jsonl"
            case .defects: "asp_telemetry.db"
            }
        return folder.appending(path: name).path()
    }

    var state: String { folder.appending(path: "state").path() }

    var journal: String { state + "/spandrel/journal.jsonl" }

    /// As `--target` takes it.
    func target(_ number: Int) -> String {
        switch kind {
        case .triplets: "triplet:triplet-\(number)"
        case .call: "trace:Controller_20251206_235837_798251"
        case .sidecar: "span:\(Self.span(number))"
        case .defects: "span:defect-\(number)"
        }
    }

    /// Runs the program with the journal of this source; `before` is what it is started by.
    func run(_ arguments: String..., before: [String] = []) throws -> Program {
        let words = before + [Program.path] + arguments
        return try Program.run(
            executable: "/usr/bin/env", words, environment: ["XDG_STATE_HOME": state, "SPANDREL_AUTHOR": "ann"])
    }

    func shell(_ script: String) throws -> Program {
        try Program.run(
            executable: "/bin/bash", ["-c", script], environment: ["XDG_STATE_HOME": state, "SPANDREL_AUTHOR": "ann"])
    }

    /// What the source says of a target: a number as it stands there; of a defect which flag is set.
    func value(_ number: Int) throws -> String? {
        switch kind {
        case .triplets:
            let lines = try text(path).split(separator: "\n")
            try #require(lines.count == count)
            return try Self.number(of: "reward", try Self.object(lines[number]))
        case .call: return try Self.number(of: "reward", try Self.object(Substring(try text(path))))
        case .sidecar:
            guard FileManager.default.fileExists(atPath: path + ".rewards.jsonl") else { return nil }
            let own = Self.records(try text(path + ".rewards.jsonl")).last {
                ($0["target"] as? [String: Any])?["span_id"] as? String == Self.span(number)
            }
            return try own.flatMap { try Self.number(of: "value", $0) }
        case .defects:
            let flags = try sqlite(
                "SELECT validated_by_human || false_positive FROM defect_log WHERE defect_id = 'defect-\(number)'")
            return flags == "00" ? nil : flags == "10" ? "1" : flags == "01" ? "0" : flags
        }
    }

    /// Whether no byte but those of rewards is another than at first.
    func isWhole() throws -> Bool {
        switch kind {
        case .triplets:
            return try text(path).split(separator: "\n").enumerated()
                .allSatisfy { number, line in
                    let start = Self.triplet(number).components(separatedBy: "\"reward\":")[0]
                    return line.hasPrefix(start) && line.hasSuffix("}")
                }
        case .call:
            let parts = Self.call("|").components(separatedBy: "|")
            let text = try text(path)
            return text.hasPrefix(parts[0]) && text.hasSuffix(parts[1]) && (try? Self.object(Substring(text))) != nil
        case .sidecar: return try text(path) == (0..<count).map(Self.line).joined()
        case .defects: return try sqlite("PRAGMA integrity_check") == "ok"
        }
    }

    /// Judgements of the journal, the oldest first; how many of its lines are none.
    func records() throws -> (records: [[String: Any]], broken: Int) {
        guard FileManager.default.fileExists(atPath: journal) else { return ([], 0) }
        let text = try text(journal)
        let records = Self.records(text)
        return (records, text.split(separator: "\n").count - records.count)
    }

    /// In the order in which they were made.
    private static func records(_ text: String) -> [[String: Any]] {
        text.split(separator: "\n").compactMap { try? object($0) }
            .sorted { ($0["created_at"] as? Int ?? 0) < ($1["created_at"] as? Int ?? 0) }
    }

    // MARK: Parts

    private static func triplet(_ number: Int) -> String {
        #"{"triplet_id": "triplet-\#(number)", "sequence_id": "TASK-1", "sequence_index": \#(number), "timestamp_utc": "2025-12-03T09:00:00", "state": {}, "action": {}, "reward":  null, "reward_assigned_at": null, "reward_source": null}"#
            + "\n"
    }

    private static func call(_ reward: String) -> String {
        #"""
        {
          "trace_id": "Controller_20251206_235837_798251", "component": "Controller",
          "timestamp_start": "2025-12-06T23:58:37", "prompt": "p", "metadata": {}, "response": "ok",
          "timestamp_end": "2025-12-06T23:58:39", "latency_ms": 1.50, "reward": \#(reward)
        }
        """#
    }

    private static func span(_ number: Int) -> String { "b7ad6b71692" + String(10_000 + number) }

    private static func line(_ number: Int) -> String {
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"\#(span(number))","name":"step","startTimeUnixNano":"1763647200000000000","endTimeUnixNano":"1763647201000000000"}]}]}]}"#
            + "\n"
    }

    private static func number(of key: String, _ object: [String: Any]) throws -> String? {
        (object[key] as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() ? "\($0.intValue)" : "\($0)" }
    }

    private static func object(_ text: Substring) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// Asks the database through Python, which has SQLite: the first column of the first row.
    private func sqlite(_ script: String) throws -> String {
        let python = """
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1], timeout=30)
            row = None
            for command in sys.argv[2].split(';'):
                if command.strip(): row = base.execute(command).fetchone()
            base.commit()
            print(row[0] if row else '', end='')
            """
        let program = try Program.run(executable: "/usr/bin/env", ["python3", "-c", python, path, script])
        try #require(program.status == 0, "\(program.complaints)")
        return program.output
    }
}
