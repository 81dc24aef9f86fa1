import Glibc
import TraceDatabases
import TraceFormats
import TraceModel

/// ASP's own database: each judgement is one transaction.
extension NativeRewards {
    /// A request for approval: a decision, and the request's status.
    static func decide(
        _ request: String, _ decision: String, by reviewer: String, because justification: String, in path: String,
        patience: Int32
    ) throws(WriteBackError) {
        try change(path, patience) { database throws(WriteBackError) in
            try wantColumns(
                ["request_id", "decision", "reviewer", "justification"], of: "approval_decisions", database)
            var status: String?
            try ask(
                database, "SELECT status FROM approval_requests WHERE request_id = ?", [.text(request)]
            ) { status = $0["status"] }
            guard status == "pending" || status == "deferred" else {
                guard let status else { throw .later("there is no request \(request) in it") }
                // Nobody was told of it the first time, if that was the end of the program that wrote it.
                if status == decision, try isMade(request, decision, reviewer, justification, database) { return }
                throw .never("the request \(request) is \(status) already")
            }
            try run(
                database,
                "INSERT INTO approval_decisions(request_id, decision, reviewer, justification) VALUES (?, ?, ?, ?)",
                [.text(request), .text(decision), .text(reviewer), .text(justification)])
            // Some databases lack the trigger that does this.
            try run(
                database, "UPDATE approval_requests SET status = ? WHERE request_id = ?",
                [.text(decision), .text(request)])
        }
    }

    private static func isMade(
        _ request: String, _ decision: String, _ reviewer: String, _ justification: String, _ database: SQLiteDatabase
    ) throws(WriteBackError) -> Bool {
        var last: [String?] = []
        try ask(
            database,
            "SELECT decision, reviewer, justification FROM approval_decisions WHERE request_id = ? ORDER BY rowid",
            [.text(request)]
        ) { last = [$0["decision"], $0["reviewer"], $0["justification"]] }
        return last == [decision, reviewer, justification]
    }

    /// A defect: whether a person found it to be one. Neither flag says that nobody has looked yet.
    static func mark(
        defect id: String, in path: String, patience: Int32, _ decide: Decision
    ) throws(WriteBackError) {
        try change(path, patience) { database throws(WriteBackError) in
            try wantColumns(["defect_id", "validated_by_human", "false_positive"], of: "defect_log", database)
            var flags: (isValid: Bool, isFalse: Bool)?
            try ask(
                database, "SELECT validated_by_human, false_positive FROM defect_log WHERE defect_id = ?", [.text(id)]
            ) { flags = ($0.integer("validated_by_human") == 1, $0.integer("false_positive") == 1) }
            guard let flags else { throw .later("there is no defect \(id) in it any more") }
            let value = try decide(flags.isFalse ? 0 : flags.isValid ? 1 : nil).value
            let isDefect = value.map { $0 >= 0.5 }
            try run(
                database, "UPDATE defect_log SET validated_by_human = ?, false_positive = ? WHERE defect_id = ?",
                [.integer(isDefect == true ? 1 : 0), .integer(isDefect == false ? 1 : 0), .text(id)])
        }
    }

    // MARK: Transactions

    private static func change(
        _ path: String, _ patience: Int32, _ body: (SQLiteDatabase) throws(WriteBackError) -> Void
    ) throws(WriteBackError) {
        var info = stat()
        guard stat(path, &info) != 0 || info.st_mode & 0o222 != 0 && access(path, W_OK) == 0 else {
            throw .later("\(path) is read-only")
        }
        do throws(WriteBackError) {
            let database: SQLiteDatabase
            do throws(FormatError) {
                database = try SQLiteDatabase(path, isWritable: true, patience: patience)
            } catch {
                throw WriteBackError.later(error.description)
            }
            try run(database, "BEGIN IMMEDIATE")
            do throws(WriteBackError) {
                try body(database)
                try run(database, "COMMIT")
            } catch {
                _ = try? database.run("ROLLBACK")
                throw error
            }
        } catch {
            switch error {
            case .later(let reason): throw .later("\(path): \(reason)")
            case .never(let reason): throw .never("\(path): \(reason)")
            }
        }
    }

    private static func wantColumns(
        _ names: [String], of table: String, _ database: SQLiteDatabase
    ) throws(WriteBackError) {
        let known: [String]
        do throws(FormatError) {
            known = try database.columns(of: table)
        } catch {
            throw .later(error.description)
        }
        guard !known.isEmpty else { throw .later("an older ASP made it: it has no table \(table)") }
        if let missing = names.first(where: { !known.contains($0) }) {
            throw .later("an older ASP made it: its table \(table) has no column \(missing)")
        }
    }

    private static func run(
        _ database: SQLiteDatabase, _ command: String, _ values: [SQLiteDatabase.Value] = []
    ) throws(WriteBackError) {
        do throws(FormatError) {
            try database.run(command, values)
        } catch {
            throw .later(error.description)
        }
    }

    private static func ask(
        _ database: SQLiteDatabase, _ query: String, _ values: [SQLiteDatabase.Value], _ take: (SQLiteRow) -> Void
    ) throws(WriteBackError) {
        do throws(FormatError) {
            try database.rows(query, values) { row in
                take(row)
                return true
            }
        } catch {
            throw .later(error.description)
        }
    }
}
