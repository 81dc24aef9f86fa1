import CSQLite
package import TraceFormats

/// An SQLite database that somebody else may be writing to.
package final class SQLiteDatabase {
    private let handle: OpaquePointer

    /// Opens what is there; with `isWritable` it may be changed, but never made. `patience` is how many milliseconds to wait
    /// for who writes to it.
    package init(_ path: String, isWritable: Bool = false, patience: Int32 = 2000) throws(FormatError) {
        var opened: OpaquePointer?
        let flags = (isWritable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX
        let status = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened, status == SQLITE_OK else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close(opened)
            throw FormatError(description: "the database cannot be opened: \(reason)")
        }
        handle = opened
        sqlite3_busy_timeout(handle, patience)
    }

    deinit {
        sqlite3_close(handle)
    }

    /// A value as SQLite has it.
    package enum Value: Sendable, Equatable {
        case null
        case integer(Int64)
        case real(Double)
        case text(String)

        package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    }

    /// Calls `body` with each row that a query gives, until it says false.
    package func rows(
        _ query: String, _ values: [Value] = [], _ body: (SQLiteRow) -> Bool
    ) throws(FormatError) {
        let statement = try prepare(query, values)
        defer { sqlite3_finalize(statement) }
        let columns = SQLiteRow.Columns(statement)
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: if !body(SQLiteRow(statement, columns)) { return }
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    /// Changes something. Returns how many rows it changed.
    @discardableResult
    package func run(_ command: String, _ values: [Value] = []) throws(FormatError) -> Int {
        let statement = try prepare(command, values)
        defer { sqlite3_finalize(statement) }
        let status = sqlite3_step(statement)
        guard status == SQLITE_DONE || status == SQLITE_ROW else { throw failure() }
        return Int(sqlite3_changes(handle))
    }

    /// The columns of a table in its order; none where there is no such table.
    package func columns(of table: String) throws(FormatError) -> [String] {
        var names: [String] = []
        try rows("SELECT name FROM pragma_table_info(?)", [.text(table)]) { row in
            if let name = row["name"] { names.append(name) }
            return true
        }
        return names
    }

    package func tables() throws(FormatError) -> Set<String> {
        var names: Set<String> = []
        try rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')") { row in
            if let name = row["name"] { names.insert(name) }
            return true
        }
        return names
    }

    private func prepare(_ query: String, _ values: [Value]) throws(FormatError) -> OpaquePointer {
        var prepared: OpaquePointer?
        guard sqlite3_prepare_v2(handle, query, -1, &prepared, nil) == SQLITE_OK, let prepared else { throw failure() }
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            switch value {
            case .null: sqlite3_bind_null(prepared, place)
            case .integer(let number): sqlite3_bind_int64(prepared, place, number)
            case .real(let number): sqlite3_bind_double(prepared, place, number)
            case .text(let text): _ = csqlite_bind_text(prepared, place, text, Int32(clamping: text.utf8.count))
            }
        }
        return prepared
    }

    private func failure() -> FormatError {
        switch sqlite3_errcode(handle) {
        case SQLITE_BUSY, SQLITE_LOCKED:
            FormatError(description: "the database is locked by who writes to it; try again")
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            FormatError(description: "the database is corrupt: \(String(cString: sqlite3_errmsg(handle)))")
        default: FormatError(description: "the database says: \(String(cString: sqlite3_errmsg(handle)))")
        }
    }
}
