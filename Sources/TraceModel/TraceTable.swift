/// A snapshot of the trace list, in columns, so that a million traces are shared and sorted without a million objects.
///
/// Positions are the order of arrival and stay as they are in later snapshots of the same store: a trace is only added
/// to or updated in place.
package struct TraceTable: Sendable {
    package var ids: [TraceID] = []
    package var starts: [Int64] = []
    package var durations: [Int64] = []
    package var spans: [UInt32] = []
    package var errors: [UInt32] = []
    package var tokensIn: [UInt64] = []
    package var tokensOut: [UInt64] = []
    /// Not a number where unknown.
    package var costs: [Double] = []
    /// Not a number where nobody judged.
    package var rewards: [Float] = []
    package var traits: [Traits] = []
    /// Columns of text are numbers into `strings`.
    package var roots: [UInt32] = []
    package var titles: [UInt32] = []
    package var services: [UInt32] = []
    package var agents: [UInt32] = []
    package var sources: [UInt32] = []
    /// The ids that the traces have in their own systems, where those are no hex; else the empty string.
    package var names: [UInt32] = []
    /// The conversation that a trace belongs to, and the first model that it called.
    package var sessions: [UInt32] = []
    package var models: [UInt32] = []
    package var formats: [UInt32] = []
    /// How often something of each trace came or went since the store was opened: whoever holds a trace can see that it is
    /// not as it was.
    package var versions: [UInt32] = []
    package var strings = StringTable()

    package init() {}

    package struct Traits: OptionSet, Sendable {
        package var rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let running = Traits(rawValue: 1)
        package static let inferred = Traits(rawValue: 2)
        package static let rootless = Traits(rawValue: 4)
    }

    package var count: Int { ids.count }

    package subscript(index: Int) -> TraceSummary {
        var summary = TraceSummary(id: ids[index])
        summary.name = strings[names[index]]
        summary.session = strings[sessions[index]]
        summary.model = strings[models[index]]
        summary.source = strings[sources[index]]
        summary.format = strings[formats[index]]
        summary.start = starts[index]
        summary.duration = durations[index]
        summary.root = strings[roots[index]]
        summary.title = strings[titles[index]]
        summary.service = strings[services[index]]
        summary.agent = strings[agents[index]]
        summary.spans = Int(spans[index])
        summary.errors = Int(errors[index])
        summary.tokensIn = Int(clamping: tokensIn[index])
        summary.tokensOut = Int(clamping: tokensOut[index])
        summary.cost = costs[index].isNaN ? nil : costs[index]
        summary.reward = rewards[index].isNaN ? nil : Double(rewards[index])
        summary.isRunning = traits[index].contains(.running)
        summary.isInferred = traits[index].contains(.inferred)
        summary.isRootless = traits[index].contains(.rootless)
        return summary
    }
}
