import TraceModel

/// What events have told of missions so far.
struct Stage7Missions {
    private struct Known {
        let mission: Stage7Mission
        let place: RecordPlace
        /// Zero where no event has told a time.
        var start: Int64 = 0
        var end: Int64 = 0
        /// The last agent that came to be: it creates its steps before another comes.
        var latestAgent: SpanID?
        /// Agents that have not come to an end.
        var agents: Set<SpanID> = []
        /// A step has told what the mission is for.
        var isGoalTold = false
    }

    /// As they were met.
    private var known: [Known] = []
    private var names = NumberedNames()

    subscript(number: Int) -> Stage7Mission { known[number].mission }

    /// The name of the last mission that an event at some time was of.
    var last: String? { known.last { $0.start > 0 }?.mission.name }

    mutating func number(of name: FieldText, at place: RecordPlace) -> Int {
        let number = names.number(of: name)
        if number == known.count { known.append(Known(mission: Stage7Mission(name.string), place: place.remembered)) }
        return number
    }

    mutating func note(_ number: Int, _ time: Int64) {
        guard time > 0 else { return }
        known[number].start = known[number].start == 0 ? time : min(known[number].start, time)
        known[number].end = max(known[number].end, time)
    }

    mutating func note(_ number: Int, agent: SpanID, isNew: Bool, isOver: Bool) {
        if isNew { known[number].latestAgent = agent }
        if isOver { known[number].agents.remove(agent) } else { known[number].agents.insert(agent) }
    }

    func latestAgent(of number: Int) -> SpanID? { known[number].latestAgent }

    func isGoalTold(of number: Int) -> Bool { known[number].isGoalTold }

    mutating func noteGoal(of number: Int) { known[number].isGoalTold = true }

    /// Hands over the missions that something is known to have happened in.
    func tell(into output: inout TranslationOutput) {
        for known in known where known.start > 0 {
            let mission = known.mission
            var span = mission.piece(
                mission.root, name: "mission", start: known.start, end: known.agents.isEmpty ? known.end : 0,
                at: known.place)
            span.set(SpanVocabulary.traceID, mission.name)
            span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.mission.rawValue)
            output.add(span)
        }
    }
}
