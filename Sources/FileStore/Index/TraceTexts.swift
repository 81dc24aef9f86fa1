/// The title and the agent of a trace, with the starts of the spans that told them: earlier spans know better.
struct TraceTexts: Sendable {
    /// Of the earliest span without a parent that has one; zero is none.
    var title: UInt32 = 0
    var titleStart = Int64.max
    /// Of the root or else of the earliest span that has one; zero is none.
    var agent: UInt32 = 0
    var agentStart = Int64.max
    var isAgentOfRoot = false
    /// The trace's id in its own system; zero is none.
    var name: UInt32 = 0
    /// The first that was met of each; zero is none.
    var session: UInt32 = 0
    var model: UInt32 = 0

    var isEmpty: Bool { title == 0 && agent == 0 && name == 0 && session == 0 && model == 0 }

    mutating func add(title: UInt32, at start: Int64) {
        guard title != 0, self.title == 0 || start < titleStart else { return }
        self.title = title
        titleStart = start
    }

    mutating func add(agent: UInt32, at start: Int64, isRoot: Bool) {
        guard agent != 0 else { return }
        guard self.agent == 0 || (isRoot == isAgentOfRoot ? start < agentStart : isRoot) else { return }
        self.agent = agent
        agentStart = start
        isAgentOfRoot = isRoot
    }

    /// The better of both, with the numbers of the other's strings changed by `number`.
    mutating func add(_ other: TraceTexts, number: (UInt32) -> UInt32) {
        if other.title != 0, title == 0 || other.titleStart < titleStart {
            add(title: number(other.title), at: other.titleStart)
        }
        if session == 0, other.session != 0 { session = number(other.session) }
        if model == 0, other.model != 0 { model = number(other.model) }
        if name == 0, other.name != 0 { name = number(other.name) }
        if other.agent != 0 {
            add(agent: number(other.agent), at: other.agentStart, isRoot: other.isAgentOfRoot)
        }
    }
}
