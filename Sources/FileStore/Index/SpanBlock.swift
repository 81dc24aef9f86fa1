/// The memory of up to 65,536 rows of spans.
///
/// A class, so that readers keep the block they look at while the writer goes on with a larger copy of it.
final class SpanBlock: Sendable {
    static let rows = 65_536

    let columns: SpanColumns
    /// Who frees the memory, where it is a part of something larger.
    private let owner: HugeBuffer?

    init(capacity: Int) {
        let capacity = (capacity + 7) & ~7
        columns = SpanColumns(
            base: .allocate(byteCount: max(capacity, 8) * SpanColumns.bytesPerRow, alignment: 64), capacity: capacity)
        owner = nil
    }

    /// A block within a buffer that was read whole.
    init(at offset: Int, of owner: HugeBuffer, capacity: Int) {
        columns = SpanColumns(base: owner.base + offset, capacity: capacity)
        self.owner = owner
    }

    deinit {
        if owner == nil { columns.base.deallocate() }
    }

    /// A block with room for more, with the first `count` rows of this one.
    func grown(keeping count: Int, to capacity: Int) -> SpanBlock {
        let larger = SpanBlock(capacity: capacity)
        let new = larger.columns
        new.spanIDs.update(from: columns.spanIDs, count: count)
        new.parentIDs.update(from: columns.parentIDs, count: count)
        new.starts.update(from: columns.starts, count: count)
        new.durations.update(from: columns.durations, count: count)
        new.traces.update(from: columns.traces, count: count)
        new.names.update(from: columns.names, count: count)
        new.contexts.update(from: columns.contexts, count: count)
        new.lengths.update(from: columns.lengths, count: count)
        new.offsetsLow.update(from: columns.offsetsLow, count: count)
        new.offsetsHigh.update(from: columns.offsetsHigh, count: count)
        new.traits.update(from: columns.traits, count: count)
        return larger
    }
}
