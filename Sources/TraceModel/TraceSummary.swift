/// One line of the trace list.
package struct TraceSummary: Sendable, Equatable {
    package var id: TraceID
    /// The id in its own system, where that is no hex; else empty.
    package var name: String
    /// The file or address it came from; of several, the first.
    package var source: String
    package var format: String
    /// Nanoseconds since the epoch.
    package var start: Int64
    /// Nanoseconds from the first start to the last end; of a running trace, to the last time seen.
    package var duration: Int64
    /// The root span's name; that of the earliest orphan where the root is missing.
    package var root: String
    /// The root's most telling attribute: its goal, task or input, on one line and cut short.
    package var title: String
    package var service: String
    package var agent: String
    /// The conversation it belongs to, and the first model it called; empty where no span says.
    package var session: String
    package var model: String
    package var spans: Int
    package var errors: Int
    package var tokensIn: Int
    package var tokensOut: Int
    /// In US dollars; nothing where no span says.
    package var cost: Double?
    /// 0 to 1; nothing where nobody judged.
    package var reward: Double?
    package var isRunning: Bool
    package var isInferred: Bool
    /// No root was found: the trace is cut off, or still arriving.
    package var isRootless: Bool

    /// As people and scripts call the trace: by its own system's id, or in hex.
    package var givenID: String { name.isEmpty ? id.description : name }

    package init(id: TraceID) {
        self.id = id
        name = ""
        source = ""
        format = ""
        start = 0
        duration = 0
        root = ""
        title = ""
        service = ""
        agent = ""
        session = ""
        model = ""
        spans = 0
        errors = 0
        tokensIn = 0
        tokensOut = 0
        isRunning = false
        isInferred = false
        isRootless = false
    }
}
