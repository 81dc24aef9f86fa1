package import TraceModel

/// Puts triplets into the tree of their task: task, sequence, triplet. Tasks and sequences are derived from their triplets.
package struct TripletSequences {
    private struct Key: Hashable {
        var task: String
        /// Empty where the sequence is that of the whole task.
        var sequence: String
    }

    private struct Group: PieceGroup {
        let key: Key
        let trace: TraceID
        let span: SpanID
        /// That the sequence's id names.
        let agent: String?
        let place: RecordPlace
        private(set) var start: Int64 = 0
        private(set) var end: Int64 = 0
        private(set) var goal: String?
        private(set) var role: String?

        init(_ key: Key, agent: String?, at place: RecordPlace) {
            self.key = key
            trace = TripletSequences.trace(of: key.task)
            span = TripletSequences.span(of: key)
            self.agent = agent
            self.place = place.remembered
        }

        mutating func take(_ triplet: Triplet, end: Int64) {
            note(triplet.time, end)
            if goal == nil { goal = triplet.goal?.string }
            if role == nil { role = triplet.role?.string }
        }

        private mutating func note(_ start: Int64, _ end: Int64) {
            if start > 0 { self.start = self.start == 0 ? start : min(self.start, start) }
            self.end = max(self.end, end)
        }

        mutating func join(_ later: Group) {
            note(later.start, later.end)
            goal = goal ?? later.goal
            role = role ?? later.role
        }
    }

    private var groups = PieceGroups<Group>()
    /// The next triplet is of the same as a rule.
    private var last = Last()
    private var names = RepeatedNames()

    /// What the last triplet said of its sequence and its task, and their numbers.
    private struct Last {
        private var saidSequence: [UInt8] = []
        private var saidTask: [UInt8] = []
        private var isAgents = false
        var sequence = 0
        var task = 0

        init() {}

        init(_ triplet: Triplet, _ isAgents: Bool) {
            saidSequence = triplet.sequence.withBytes { Array($0) }
            saidTask = triplet.task?.withBytes { Array($0) } ?? []
            self.isAgents = isAgents
        }

        func isOf(_ triplet: Triplet, _ isAgents: Bool) -> Bool {
            isAgents == self.isAgents && triplet.sequence == saidSequence
                && (triplet.task.map { $0 == saidTask } ?? saidTask.isEmpty)
        }
    }

    package init() {}

    /// The span of a triplet, under its sequence.
    package mutating func span(of triplet: Triplet, from place: RecordPlace) -> TranslatedSpan {
        let isAgents = isAgents(triplet)
        let end = triplet.time + Int64((triplet.duration.map { $0 > 0 && $0 < 1e12 ? $0 : 0 } ?? 0) * 1e6)
        if !groups.enter(place) { last = Last() }
        find(triplet, isAgents: isAgents, place)
        groups[last.sequence].take(triplet, end: end)
        if last.task != last.sequence { groups[last.task].take(triplet, end: end) }
        let (trace, parent) = (groups[last.sequence].trace, groups[last.sequence].span)

        let role = triplet.role ?? (isAgents ? FieldText(groups[last.sequence].agent) : nil)
        var span = TranslatedSpan(
            SpanBody(
                traceID: trace, spanID: Self.id(of: triplet, place), parentID: parent,
                name: names.name(role, triplet.function) ?? Self.name(of: triplet, place), start: triplet.time,
                end: end), from: place)
        span.body.kind = .internal
        span.setService("asp")
        if !span.isBrief {
            span.set(SpanVocabulary.spanID, triplet.id)
            span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.step.rawValue)
            span.set(SpanVocabulary.nodeLabel, triplet.index.map { "\($0 + 1)" })
            span.set("rl.triplet_id", triplet.id)
            span.set("rl.sequence_id", triplet.sequence)
            span.set("rl.sequence_index", triplet.index)
            span.set("rl.sequence_scope", triplet.scope ?? .made(isAgents ? "agent" : "pipeline"))
            span.set("task.id", groups[last.sequence].key.task)
        }
        span.set("agent.role", role)
        if !span.isBrief {
            span.set("rl.state", triplet.state)
            span.set("rl.action", triplet.action)
        }
        if let reward = triplet.reward, (0...1).contains(reward) { span.set(SpanVocabulary.reward, reward) }
        if triplet.isFailure {
            span.fail(triplet.error?.string ?? "the action did not succeed")
        } else if triplet.action != nil {
            span.body.status = .ok
        }
        if let trace = triplet.trace, let recorded = triplet.span {
            span.link(to: recorded, in: trace)
        }
        return span
    }

    /// `task:agent`, unless its scope says that it is something else.
    private func isAgents(_ triplet: Triplet) -> Bool {
        if let scope = triplet.scope, scope == "session" || scope == "custom" { return false }
        return triplet.sequence.withBytes { $0.contains(UInt8(ascii: ":")) }
    }

    private static func id(of triplet: Triplet, _ place: RecordPlace) -> SpanID {
        if let id = triplet.id { return DerivedID.span("triplet \(id)") }
        return DerivedID.span("triplet \(triplet.sequence) \(triplet.index ?? Int64(place.bytes.offset))")
    }

    private static func name(of triplet: Triplet, _ place: RecordPlace) -> String {
        if let index = triplet.index { return "triplet \(index)" }
        return "triplet " + (triplet.id?.string ?? "\(triplet.sequence.string) \(place.bytes.offset)")
    }

    /// Makes the sequence and the task of a triplet the last.
    private mutating func find(_ triplet: Triplet, isAgents: Bool, _ place: RecordPlace) {
        if last.isOf(triplet, isAgents) { return }
        let sequence = triplet.sequence.string
        let parts = sequence.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let task = isAgents ? String(parts[0]) : triplet.task?.string ?? sequence
        let agent = isAgents ? String(parts[1]) : nil
        last = Last(triplet, isAgents)
        last.sequence = number(of: Key(task: task, sequence: sequence == task ? "" : sequence), agent, place)
        last.task = sequence == task ? last.sequence : number(of: Key(task: task, sequence: ""), nil, place)
    }

    private mutating func number(of key: Key, _ agent: String?, _ place: RecordPlace) -> Int {
        groups.number(of: key) { Group(key, agent: agent, at: place) }
    }

    /// Takes in what was put together of the triplets that follow.
    mutating func join(_ later: TripletSequences) {
        groups.join(later.groups)
        last = Last()
    }

    mutating func settle(before offset: UInt64, into output: inout TranslationOutput) {
        for group in groups.take(before: offset) { output.add(Self.span(of: group)) }
        last = Last()
    }

    /// Hands over what is known of tasks and sequences so far.
    package mutating func finish(into output: inout TranslationOutput) {
        for group in groups.takeAll() { output.add(Self.span(of: group)) }
        last = Last()
    }

    private static func span(of group: Group) -> TranslatedSpan {
        let key = group.key
        let isTask = key.sequence.isEmpty
        var body = SpanBody(
            traceID: group.trace, spanID: group.span, name: isTask ? key.task : key.sequence, start: group.start,
            end: group.end)
        if !isTask { body.parentID = span(of: Key(task: key.task, sequence: "")) }
        var span = TranslatedSpan(body, from: group.place)
        span.isPiece = true
        span.markInferred()
        span.setService("asp")
        if isTask { span.set(SpanVocabulary.traceID, key.task) }
        span.set("task.id", key.task)
        span.set("rl.sequence_id", isTask ? key.task : key.sequence)
        span.set("task.description", group.goal)
        if !isTask { span.set("agent.role", group.role) }
        return span
    }

    /// All that ASP leaves of one task is one trace.
    package static func trace(of task: String) -> TraceID { DerivedID.trace(task, in: "asp") }

    /// The root of a task.
    package static func root(of task: String) -> SpanID { DerivedID.span("asp task \(task)") }

    private static func span(of key: Key) -> SpanID {
        key.sequence.isEmpty ? root(of: key.task) : DerivedID.span("asp sequence \(key.task) \(key.sequence)")
    }
}
