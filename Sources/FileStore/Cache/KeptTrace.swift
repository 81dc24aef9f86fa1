import TraceModel

/// A trace in a kept index: what the list shows of it, and what taking in more of it needs.
struct KeptTrace: Sendable {
    var idHigh: UInt64
    var idLow: UInt64
    var start: Int64
    var duration: Int64
    var tokensIn: UInt64
    var tokensOut: UInt64
    /// Not a number where unknown.
    var cost: Double
    var rootStart: Int64
    var titleStart: Int64
    var agentStart: Int64
    var spans: UInt32
    var errors: UInt32
    // Strings of the kept index's texts.
    var root: UInt32
    var service: UInt32
    var title: UInt32
    var agent: UInt32
    var name: UInt32
    var session: UInt32
    var model: UInt32
    /// So that a record has no bytes of which nobody knows the value.
    var padding: UInt32 = 0
    /// `TraceTable.Traits`, and 8 bits further `TraceCatalog.Marks`.
    var bits: UInt64

    var id: TraceID { TraceID(high: idHigh, low: idLow) }
    var traits: TraceTable.Traits { TraceTable.Traits(rawValue: UInt8(truncatingIfNeeded: bits)) }
    var marks: TraceCatalog.Marks { TraceCatalog.Marks(rawValue: UInt8(truncatingIfNeeded: bits >> 8)) }
    var texts: TraceTexts {
        TraceTexts(
            title: title, titleStart: titleStart, agent: agent, agentStart: agentStart,
            isAgentOfRoot: marks.contains(.isAgentOfRoot), name: name, session: session, model: model)
    }
}
