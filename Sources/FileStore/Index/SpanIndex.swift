import TraceFormats
import TraceModel

/// Every span of a large file, or of all the small ones, without its body: 56 bytes each.
///
/// A value: a copy is a snapshot. The blocks are shared with it, which is safe because rows that are counted are never
/// written again. Traces are numbered by the store's catalog, strings by the index itself.
struct SpanIndex: Sendable {
    private(set) var blocks: [SpanBlock] = []
    private(set) var ranges: [TraceRange] = []
    private(set) var count = 0
    /// Names and services.
    private(set) var strings = StringTable()
    private(set) var contexts = ChunkedArray<ContextRow>()
    private(set) var usage = ChunkedArray<UsageRow>()
    private(set) var rewards = ChunkedArray<RewardRow>()
    private(set) var logs = LogTable()
    /// Rows that another version of the same span outdid, sorted.
    var superseded: [UInt32] = []
    /// Rows of files that have been written anew.
    private(set) var retired: Set<UInt32> = []

    /// More rows than a `SpanRef` can name are refused.
    static let limit = Int(UInt32.max)

    init() {}

    /// An index that was kept on disk.
    init(
        blocks: [SpanBlock], ranges: [TraceRange], count: Int, strings: StringTable,
        contexts: ChunkedArray<ContextRow>, usage: ChunkedArray<UsageRow>, rewards: ChunkedArray<RewardRow>,
        logs: LogTable, superseded: [UInt32]
    ) {
        self.blocks = blocks
        self.ranges = ranges
        self.count = count
        self.strings = strings
        self.contexts = contexts
        self.usage = usage
        self.rewards = rewards
        self.logs = logs
        self.superseded = superseded
    }

    subscript(row: Int) -> SpanRow {
        SpanRow(blocks[row / SpanBlock.rows].columns, at: row % SpanBlock.rows)
    }

    /// How many rows of a block are in use.
    func rows(ofBlock block: Int) -> Int {
        min(SpanBlock.rows, count - block * SpanBlock.rows)
    }

    /// The usage of a row that has some. `hint` is where that of the row before was, and becomes where this one's is: rows
    /// are asked for in order as a rule.
    func usage(of row: UInt32, hint: inout Int) -> Usage? {
        if hint + 1 < usage.count, usage[hint + 1].row == row {
            hint += 1
        } else {
            hint = usage.firstIndex { $0.row < row }
        }
        guard hint < usage.count, usage[hint].row == row else { return nil }
        return usage[hint].usage
    }

    /// The judgement that came with a row.
    func reward(of row: UInt32) -> Float? {
        let place = rewards.firstIndex { $0.row < row }
        guard place < rewards.count, rewards[place].row == row else { return nil }
        return rewards[place].value
    }

    /// Calls `body` with the judgements that came with rows that count, but for the first so many.
    func forEachReward(from first: Int = 0, _ body: (RewardRow) -> Void) {
        var outdone = 0
        for position in first..<rewards.count {
            let reward = rewards[position]
            while outdone < superseded.count, superseded[outdone] < reward.row { outdone += 1 }
            if outdone == superseded.count || superseded[outdone] != reward.row { body(reward) }
        }
    }

    mutating func retire(_ rows: [UInt32]) {
        retired.formUnion(rows)
        superseded = Set(superseded).union(rows).sorted()
    }

    /// Calls `body` with each row of the trace, in the order of the file.
    func forEachRow(of trace: UInt32, _ body: (Int) -> Void) {
        for (block, range) in ranges.enumerated() where range.mayHave(trace) {
            let traces = UnsafeBufferPointer(start: blocks[block].columns.traces, count: rows(ofBlock: block))
            let first = block * SpanBlock.rows
            var row = traces.place(of: trace, from: 0)
            while row < traces.count {
                if retired.isEmpty || !retired.contains(UInt32(first + row)) { body(first + row) }
                row = traces.place(of: trace, from: row + 1)
            }
        }
    }

    /// Adds the spans and logs of a batch. `traces` has the catalog's number of each trace of the batch.
    mutating func append(_ batch: SpanBatch, traces: [UInt32], file: UInt32) {
        let firstContext = UInt32(contexts.count)
        for context in batch.contextTable {
            let service = batch.strings.withBytes(of: context.service) { strings.intern($0) }
            contexts.append(ContextRow(context, service: service, file: file))
        }
        for entry in batch.usage { usage.append(UsageRow(row: UInt32(count) + entry.row, usage: entry.usage)) }
        takeRewards(of: batch)
        for log in batch.logs {
            logs.append(LogRow(log, trace: traces[Int(log.trace)], context: firstContext + log.context))
        }
        var names = [UInt32](repeating: .max, count: batch.strings.count)
        var taken = 0
        while taken < batch.count {
            let space = makeRoom(for: batch.count - taken)
            write(batch, taken..<taken + space, traces: traces, names: &names, firstContext: firstContext)
            taken += space
        }
        for entry in batch.usage {
            let row = count - batch.count + Int(entry.row)
            blocks[row / SpanBlock.rows].columns.traits[row % SpanBlock.rows] |= SpanColumns.hasUsage
        }
    }

    /// Both the rewards and the agents of a batch are in the order of its rows.
    private mutating func takeRewards(of batch: SpanBatch) {
        var next = 0
        for entry in batch.rewards {
            while next < batch.agents.count, batch.agents[next].row < entry.row { next += 1 }
            var reward = RewardRow(row: UInt32(count) + entry.row, value: entry.value)
            if next < batch.agents.count, batch.agents[next].row == entry.row {
                reward.agent = batch.strings.withBytes(of: batch.agents[next].name) { strings.intern($0) }
            }
            rewards.append(reward)
        }
    }

    /// Room in the last block for some of the rows wanted: how many.
    private mutating func makeRoom(for wanted: Int) -> Int {
        let used = count % SpanBlock.rows
        if used == 0 {
            blocks.append(SpanBlock(capacity: Self.capacity(for: wanted)))
            ranges.append(.none)
            return min(wanted, SpanBlock.rows)
        }
        let last = blocks[blocks.count - 1]
        let rows = min(used + wanted, SpanBlock.rows)
        if rows > last.columns.capacity {
            blocks[blocks.count - 1] = last.grown(keeping: used, to: Self.capacity(for: rows))
        }
        return rows - used
    }

    /// Copies rows of a batch to the end of the last block, with the numbers that mean the same here.
    private mutating func write(
        _ batch: SpanBatch, _ rows: Range<Int>, traces: [UInt32], names: inout [UInt32], firstContext: UInt32
    ) {
        let first = count % SpanBlock.rows
        let columns = blocks[blocks.count - 1].columns
        copy(batch.spanIDs, rows, to: columns.spanIDs + first)
        copy(batch.parentIDs, rows, to: columns.parentIDs + first)
        copy(batch.starts, rows, to: columns.starts + first)
        copy(batch.durations, rows, to: columns.durations + first)
        copy(batch.lengths, rows, to: columns.lengths + first)
        var range = ranges[ranges.count - 1]
        for (row, source) in zip(first..., rows) {
            let trace = traces[Int(batch.traces[source])]
            range.take(trace)
            columns.traces[row] = trace
            let name = Int(batch.names[source])
            if names[name] == .max {
                names[name] = batch.strings.withBytes(of: UInt32(name)) { strings.intern($0) }
            }
            columns.names[row] = names[name]
            columns.contexts[row] = firstContext + batch.contexts[source]
            columns.offsetsLow[row] = UInt32(truncatingIfNeeded: batch.offsets[source])
            columns.offsetsHigh[row] = UInt16(truncatingIfNeeded: batch.offsets[source] >> 32)
            columns.traits[row] = batch.traits[source].rawValue & ~SpanColumns.hasUsage
        }
        ranges[ranges.count - 1] = range
        count += rows.count
    }

    private func copy<Element>(_ column: [Element], _ rows: Range<Int>, to place: UnsafeMutablePointer<Element>) {
        column.withUnsafeBufferPointer { place.update(from: $0.baseAddress! + rows.lowerBound, count: rows.count) }
    }

    /// A power of two from 64 to a whole block.
    private static func capacity(for rows: Int) -> Int {
        var capacity = 64
        while capacity < min(rows, SpanBlock.rows) { capacity *= 2 }
        return capacity
    }
}

extension UnsafeBufferPointer<UInt32> {
    /// The first place of a number from one on, or the end; several are looked at in one step.
    fileprivate func place(of number: UInt32, from start: Int) -> Int {
        guard let base = baseAddress, start < count else { return count }
        // The rows of a trace stand together as a rule.
        if base[start] == number { return start }
        var place = start + 1
        while place + 32 <= count {
            // Without a way out in the middle, so that it can be done side by side.
            var differs: UInt32 = 1
            for step in 0..<32 { differs &= base[place + step] == number ? 0 : 1 }
            if differs == 0 { break }
            place += 32
        }
        while place < count, base[place] != number { place += 1 }
        return place
    }
}
