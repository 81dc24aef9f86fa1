import TraceModel

/// Every trace that the store knows, by number in the order of arrival, and what is known of each.
///
/// The table that the list shows stands in here as it is, so a snapshot of it costs nothing until the next change.
struct TraceCatalog: Sendable {
    /// What the table leaves out, and taking in more spans needs.
    struct Working: Sendable {
        var rootStart = Int64.max
        var titleStart = Int64.max
        var agentStart = Int64.max
        /// The index that has the trace's spans, or `several`.
        var unit: UInt32
        var marks: Marks = []
    }

    struct Marks: OptionSet, Sendable {
        var rawValue: UInt8

        /// What the table says is provisional.
        static let isDirty = Marks(rawValue: 1)
        static let hasRoot = Marks(rawValue: 2)
        static let isAgentOfRoot = Marks(rawValue: 4)
        /// Spans of it have been read, not only logs.
        static let hasSpans = Marks(rawValue: 8)
    }

    static let several = UInt32.max

    /// What one index tells of a trace that several have.
    struct Share: Hashable, Sendable {
        var trace: UInt32
        var unit: UInt32
    }

    var table = TraceTable()
    var working: [Working] = []
    /// So that an index can be kept by itself, its own texts of traces that it shares.
    var shares: [Share: TraceTexts] = [:]
    /// Open addressing over numbers plus one; zero is free. Built when it is first needed, its count a power of two.
    private var slots: [UInt32] = []
    /// Traces that were looked for while there were no slots.
    private var searches = 0

    var count: Int { table.count }

    /// The number of a trace that is known.
    mutating func number(of id: TraceID) -> UInt32? {
        if slots.isEmpty {
            // For a few it is not worth while to find places for all.
            searches += 1
            if searches < 8 { return table.ids.firstIndex(of: id).map { UInt32($0) } }
            grow()
        }
        var slot = Self.hash(id) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if table.ids[Int(number)] == id { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The number of a trace, which is added where it is new.
    mutating func number(adding id: TraceID, unit: UInt32, source: UInt32, format: UInt32) -> UInt32 {
        if (count + 1) * 2 > slots.count { grow() }
        var slot = Self.hash(id) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if table.ids[Int(number)] == id {
                share(number, with: unit)
                return number
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(count)
        slots[slot] = number + 1
        append(id, unit: unit, source: source, format: format)
        return number
    }

    /// Adds a trace that is known to be new, without looking.
    mutating func append(_ id: TraceID, unit: UInt32, source: UInt32, format: UInt32) {
        working.append(Working(unit: unit))
        table.ids.append(id)
        table.starts.append(0)
        table.durations.append(0)
        table.spans.append(0)
        table.errors.append(0)
        table.tokensIn.append(0)
        table.tokensOut.append(0)
        table.costs.append(.nan)
        table.rewards.append(.nan)
        table.traits.append(.rootless)
        table.roots.append(0)
        table.titles.append(0)
        table.services.append(0)
        table.agents.append(0)
        table.names.append(0)
        table.sessions.append(0)
        table.models.append(0)
        table.sources.append(source)
        table.formats.append(format)
        table.versions.append(0)
    }

    /// Notes that spans of a trace came or went: what the table says of it is provisional.
    mutating func touch(_ number: Int) {
        working[number].marks.insert(.isDirty)
        table.versions[number] &+= 1
    }

    /// The title and agent that the table shows.
    func texts(of number: Int) -> TraceTexts {
        TraceTexts(
            title: table.titles[number], titleStart: working[number].titleStart, agent: table.agents[number],
            agentStart: working[number].agentStart, isAgentOfRoot: working[number].marks.contains(.isAgentOfRoot),
            name: table.names[number], session: table.sessions[number], model: table.models[number])
    }

    private mutating func share(_ number: UInt32, with unit: UInt32) {
        let owner = working[Int(number)].unit
        guard owner != unit, owner != Self.several else { return }
        shares[Share(trace: number, unit: owner)] = texts(of: Int(number))
        working[Int(number)].unit = Self.several
    }

    private mutating func grow() {
        var size = max(slots.count, 64)
        while size < (count + 1) * 2 { size *= 2 }
        // Half as many again before the next time, where a loaded index left the slots for later.
        slots = Array(repeating: 0, count: size * 2)
        for (number, id) in table.ids.enumerated() {
            var slot = Self.hash(id) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number) + 1
        }
    }

    /// Ids are random as a rule, but not where somebody counts: mixed all the same.
    private static func hash(_ id: TraceID) -> Int {
        let mixed = (id.low ^ id.high &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
        return Int(truncatingIfNeeded: (mixed ^ mixed >> 32) & 0x7FFF_FFFF_FFFF_FFFF)
    }
}
