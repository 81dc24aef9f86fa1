import Synchronization
import TraceModel

/// Puts the spans of one trace together from all the indexes that have some.
struct TraceAssembly {
    private let trace: TraceID
    private let number: UInt32
    private let reader: RowReader

    /// Nothing where the trace is not known.
    init?(_ library: Library, trace: TraceID) {
        let known = library.contents.withLock { contents in
            contents.catalog.number(of: trace).map { ($0, contents.indexes) }
        }
        guard let (number, indexes) = known else { return nil }
        self.trace = trace
        self.number = number
        reader = RowReader(indexes)
    }

    init(_ trace: TraceID, number: UInt32, _ reader: RowReader) {
        self.trace = trace
        self.number = number
        self.reader = reader
    }

    func table() -> SpanTable {
        var refs: [SpanRef] = []
        for (unit, index) in reader.indexes.enumerated() {
            index.forEachRow(of: number) { refs.append(SpanRef(unit: UInt32(unit), row: UInt32($0))) }
        }
        var rows = TraceRows()
        refs.withUnsafeBufferPointer { rows.load($0, from: reader) }
        var table = SpanTable(trace: trace)
        fill(&table, from: rows)
        addLogs(to: &table)
        return table
    }

    private struct Key: Comparable {
        var start: Int64
        var id: UInt64
        var position: Int32

        static func < (left: Key, right: Key) -> Bool {
            left.start == right.start ? left.id < right.id : left.start < right.start
        }
    }

    private func fill(_ table: inout SpanTable, from rows: TraceRows) {
        var order: [Key] = []
        order.reserveCapacity(rows.live)
        for (position, entry) in rows.entries.enumerated() where !entry.isSuperseded {
            order.append(Key(start: entry.start, id: entry.id, position: Int32(position)))
        }
        order.sort()
        table.reserveCapacity(order.count)
        var texts = reader.indexes.map { TextNumbers($0.strings, spans: order.count) }
        let hasRewards = reader.indexes.contains { $0.rewards.count > 0 }
        var hint = 0
        for key in order {
            let entry = rows.entries[Int(key.position)]
            let unit = Int(entry.ref.unit)
            let (columns, row) = reader.columns(of: entry.ref)
            let service = reader.indexes[unit].contexts[Int(columns.contexts[row])].service
            let whole = rows.wholes.isEmpty ? nil : rows.wholes[Int(key.position)]
            if entry.hasUsage {
                let ref = whole?.usage ?? entry.ref
                table.usage[Int32(table.count)] = reader.indexes[Int(ref.unit)].usage(of: ref.row, hint: &hint)
            }
            if hasRewards { table.rewards[Int32(table.count)] = reward(of: entry.ref, whole?.pieces ?? []) }
            if let whole { table.pieces[Int32(table.count)] = whole.pieces }
            table.refs.append(entry.ref)
            table.ids.append(SpanID(entry.id))
            table.parents.append(SpanID(entry.parent))
            table.starts.append(entry.start)
            table.durations.append(entry.duration)
            table.traits.append(entry.traits)
            let nameRef = whole?.name ?? entry.ref
            table.names.append(
                texts[Int(nameRef.unit)].number(of: reader.nameNumber(of: nameRef), in: &table.strings))
            table.services.append(texts[unit].number(of: service, in: &table.strings))
        }
    }

    private func reward(of ref: SpanRef, _ pieces: [SpanRef]) -> Float? {
        for ref in pieces.reversed() {
            if let reward = reader.indexes[Int(ref.unit)].reward(of: ref.row) { return reward }
        }
        return reader.indexes[Int(ref.unit)].reward(of: ref.row)
    }

    private func addLogs(to table: inout SpanTable) {
        var counts: [UInt64: Int32] = [:]
        for index in reader.indexes {
            index.logs.forEach(of: number) { counts[$0.spanID, default: 0] += 1 }
        }
        guard !counts.isEmpty else { return }
        for (position, id) in table.ids.enumerated() {
            if let count = counts.removeValue(forKey: id.value) { table.logs[Int32(position)] = count }
        }
        table.looseLogs = Int(counts[0] ?? 0)
    }
}

extension SpanTable {
    fileprivate mutating func reserveCapacity(_ count: Int) {
        refs.reserveCapacity(count)
        ids.reserveCapacity(count)
        parents.reserveCapacity(count)
        starts.reserveCapacity(count)
        durations.reserveCapacity(count)
        traits.reserveCapacity(count)
        names.reserveCapacity(count)
        services.reserveCapacity(count)
    }
}
