import Cells
import TraceModel
import TraceQuery

/// Which traces a person means.
enum TraceSelection {
    /// For each trace of the table, whether a filter wants it; without one, all are wanted.
    static func wanted(_ query: String?, in table: TraceTable) throws(Failure) -> [Bool] {
        do throws(QueryError) {
            return try TraceQuery(query ?? "").matches(table)
        } catch {
            throw .usage("--where \(query ?? ""): \(error.description)")
        }
    }

    /// The trace with an id, in hex or as its own system writes it, or the only one whose id begins so.
    static func find(_ prefix: String, in table: TraceTable) throws(Failure) -> TraceID {
        let wanted = prefix.lowercased()
        if let id = TraceID(hex: wanted), wanted.utf8.count == 32, table.ids.contains(id) { return id }
        let names = table.names.map { $0 == 0 ? "" : table.strings[$0] }
        if !prefix.isEmpty, let exact = names.firstIndex(of: prefix) { return table.ids[exact] }
        let found = table.ids.indices.filter {
            names[$0].hasPrefix(prefix) || table.ids[$0].description.hasPrefix(wanted)
        }
        switch found.count {
        case 0: throw .nothing("no trace begins with \(Display.printable(prefix)); spandrel ls lists them")
        case 1: return table.ids[found[0]]
        default:
            let some = found.prefix(3).map { names[$0].isEmpty ? table.ids[$0].description : names[$0] }
            let more = found.count > 3 ? ", …" : ""
            let list = Display.printable(some.joined(separator: ", "))
            throw Failure(message: "\(found.count) traces begin with \(prefix): \(list)\(more)", status: 2)
        }
    }
}
