import TraceModel

/// The spans of one trace, gathered from wherever they are, each once. Kept and filled again for trace after trace.
struct TraceRows {
    struct Entry {
        var id: UInt64
        var parent: UInt64
        var start: Int64
        var duration: Int64
        var ref: SpanRef
        var traits: SpanTraits
        var hasUsage: Bool
        /// Another version of the same span is the one that counts.
        var isSuperseded: Bool
    }

    private(set) var entries: [Entry] = []
    /// Entries that are not superseded.
    private(set) var live = 0
    /// Open addressing over positions in `entries` plus one, by span id.
    private var slots: [UInt32] = []
    private var mask = 0

    /// Of two versions of a span the finished one counts; of two finished ones, that which was read later.
    mutating func load(_ refs: UnsafeBufferPointer<SpanRef>, from reader: RowReader) {
        entries.removeAll(keepingCapacity: true)
        entries.reserveCapacity(refs.count)
        clearSlots(for: refs.count)
        for ref in refs {
            let (columns, row) = reader.columns(of: ref)
            let bits = columns.traits[row]
            entries.append(
                Entry(
                    id: columns.spanIDs[row], parent: columns.parentIDs[row], start: columns.starts[row],
                    duration: columns.durations[row], ref: ref,
                    traits: SpanTraits(rawValue: bits & ~SpanColumns.hasUsage),
                    hasUsage: bits & SpanColumns.hasUsage != 0, isSuperseded: false))
        }
        live = entries.count
        for position in entries.indices { place(position, reader) }
    }

    /// The position of the version that counts of a span.
    @inline(__always)
    func position(of id: UInt64) -> Int? {
        var slot = Self.hash(id) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if entries[position].id == id { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inline(__always)
    private mutating func place(_ position: Int, _ reader: RowReader) {
        let id = entries[position].id
        var slot = Self.hash(id) & mask
        while slots[slot] != 0 {
            let other = Int(slots[slot]) - 1
            if entries[other].id == id {
                settle(position, other, in: slot, reader)
                return
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = UInt32(position) + 1
    }

    private mutating func settle(_ new: Int, _ old: Int, in slot: Int, _ reader: RowReader) {
        live -= 1
        let isNewer =
            entries[new].traits.isRunning == entries[old].traits.isRunning
            ? isLater(entries[new].ref, than: entries[old].ref, reader) : entries[old].traits.isRunning
        entries[isNewer ? old : new].isSuperseded = true
        if isNewer { slots[slot] = UInt32(new) + 1 }
    }

    private func isLater(_ left: SpanRef, than right: SpanRef, _ reader: RowReader) -> Bool {
        if left.unit == right.unit { return left.row > right.row }
        return reader.file(of: left) > reader.file(of: right)
    }

    private mutating func clearSlots(for count: Int) {
        var size = 8
        while size < count * 2 { size *= 2 }
        if slots.count < size {
            slots = Array(repeating: 0, count: size)
        } else {
            slots.withUnsafeMutableBufferPointer { $0.baseAddress!.update(repeating: 0, count: size) }
        }
        mask = size - 1
    }

    @inline(__always)
    private static func hash(_ id: UInt64) -> Int {
        Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> 33)
    }
}
