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
        /// Another version of the same span, or the one that it is a piece of, is the one that counts.
        var isSuperseded: Bool
    }

    /// What a span that was put together from pieces has elsewhere.
    struct Whole {
        var pieces: [SpanRef] = []
        var name: SpanRef
        var usage: SpanRef?
    }

    /// By the positions of the entries that stand for all their pieces.
    private(set) var wholes: [Int: Whole] = [:]

    private(set) var entries: [Entry] = []
    /// Entries that are not superseded.
    private(set) var live = 0
    /// Open addressing over positions in `entries` plus one, by span id.
    private var slots: [UInt32] = []
    private var mask = 0

    /// Of two versions of a span the finished one counts; of two finished ones, that which was read later.
    mutating func load(_ refs: UnsafeBufferPointer<SpanRef>, from reader: RowReader) {
        entries.removeAll(keepingCapacity: true)
        wholes.removeAll(keepingCapacity: true)
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
        for position in entries.indices where entries[position].start == 0 { entries[position].takeNoTime() }
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
        if entries[new].traits.isPiece || entries[old].traits.isPiece {
            unite(new, old, in: slot, reader)
            return
        }
        let isNewer =
            entries[new].traits.isRunning == entries[old].traits.isRunning
            ? isLater(entries[new].ref, than: entries[old].ref, reader) : entries[old].traits.isRunning
        entries[isNewer ? old : new].isSuperseded = true
        if isNewer { slots[slot] = UInt32(new) + 1 }
    }

    /// A piece stands for all, so that whoever reads its body knows that there are more.
    private mutating func unite(_ new: Int, _ old: Int, in slot: Int, _ reader: RowReader) {
        let (kept, piece) = entries[old].traits.isPiece ? (old, new) : (new, old)
        var whole =
            wholes.removeValue(forKey: piece) ?? wholes[kept]
            ?? Whole(name: entries[kept].ref, usage: entries[kept].hasUsage ? entries[kept].ref : nil)
        let other = entries[piece]
        whole.pieces.append(other.ref)
        if reader.nameNumber(of: whole.name) == 0 { whole.name = other.ref }
        if other.hasUsage { whole.usage = other.ref }
        wholes[kept] = whole
        entries[kept].add(other)
        entries[piece].isSuperseded = true
        slots[slot] = UInt32(kept) + 1
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

extension TraceRows.Entry {
    fileprivate var end: Int64 { start.addingCapped(duration) }

    /// Of a span that nobody knows the start of: if it has an end, it stands there.
    fileprivate mutating func takeNoTime() {
        // The first nanosecond says no more than that it is over.
        if duration > 1 { start = duration }
        duration = 0
    }

    fileprivate mutating func add(_ piece: TraceRows.Entry) {
        if piece.parent != 0 { parent = piece.parent }
        let first = start == 0 ? piece.start : piece.start == 0 ? start : Swift.min(start, piece.start)
        let last = Swift.max(traits.isRunning ? 0 : end, piece.traits.isRunning ? 0 : piece.end)
        let isRunning = traits.isRunning && piece.traits.isRunning
        start = first
        duration = isRunning ? 0 : Swift.max(0, last - first)
        traits.isRunning = isRunning
        if piece.traits.status != .unset { traits.status = piece.traits.status }
        if traits.category == .other { traits.category = piece.traits.category }
        if traits.kind == .unspecified { traits.kind = piece.traits.kind }
        traits.hasEvents = traits.hasEvents || piece.traits.hasEvents
        traits.hasLinks = traits.hasLinks || piece.traits.hasLinks
        traits.isInferred = traits.isInferred && piece.traits.isInferred
        hasUsage = hasUsage || piece.hasUsage
    }
}
