import TraceFormats
import TraceModel

/// Gathers the spans of one trace out of the indexes.
struct SpanGathering {
    private let indexes: [SpanIndex]
    private let trace: UInt32

    init(_ indexes: [SpanIndex], _ trace: UInt32) {
        self.indexes = indexes
        self.trace = trace
    }

    func table(_ id: TraceID) -> SpanTable {
        var refs: [SpanRef] = []
        for (unit, index) in indexes.enumerated() {
            index.forEachRow(of: trace) { refs.append(SpanRef(unit: UInt32(unit), row: UInt32($0))) }
        }
        var rows = TraceRows()
        refs.withUnsafeBufferPointer { rows.load($0, from: RowReader(indexes)) }
        let live = rows.entries.filter { !$0.isSuperseded }.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
        return table(id, live)
    }

    private func table(_ id: TraceID, _ entries: [TraceRows.Entry]) -> SpanTable {
        let reader = RowReader(indexes)
        var table = SpanTable(trace: id)
        table.refs = entries.map(\.ref)
        table.ids = entries.map { SpanID($0.id) }
        table.parents = entries.map { SpanID($0.parent) }
        table.starts = entries.map(\.start)
        table.durations = entries.map(\.duration)
        table.traits = entries.map(\.traits)
        table.names.reserveCapacity(entries.count)
        table.services.reserveCapacity(entries.count)
        // Strings of the indexes to strings of the table; each is looked up once.
        var known = indexes.map { [UInt32](repeating: .max, count: $0.strings.count) }
        func string(_ number: UInt32, _ unit: Int) -> UInt32 {
            if known[unit][Int(number)] == .max {
                known[unit][Int(number)] = indexes[unit].strings.withBytes(of: number) { table.strings.intern($0) }
            }
            return known[unit][Int(number)]
        }
        for (position, entry) in entries.enumerated() {
            let unit = Int(entry.ref.unit)
            let (columns, row) = reader.columns(of: entry.ref)
            table.names.append(string(columns.names[row], unit))
            table.services.append(string(indexes[unit].contexts[Int(columns.contexts[row])].service, unit))
            if entry.hasUsage { table.usage[Int32(position)] = indexes[unit].usage(of: entry.ref.row) }
        }
        addLogs(&table)
        return table
    }

    private func addLogs(_ table: inout SpanTable) {
        var counts: [UInt64: Int32] = [:]
        for index in indexes {
            for position in 0..<index.logs.count where index.logs[position].trace == trace {
                counts[index.logs[position].spanID, default: 0] += 1
            }
        }
        guard !counts.isEmpty else { return }
        for (position, id) in table.ids.enumerated() {
            if let count = counts.removeValue(forKey: id.value) { table.logs[Int32(position)] = count }
        }
        table.looseLogs = counts.values.reduce(0) { $0 + Int($1) }
    }
}
