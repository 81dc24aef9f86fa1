package import TraceModel

/// Puts triplets into the tree of their task: task, sequence, triplet. Tasks and sequences are derived from their triplets.
package struct TripletSequences {
    private struct Known {
        let key: Key
        let trace: TraceID
        let span: SpanID
        /// That the sequence's id names.
        let agent: String?
        let place: RecordPlace
        var start: Int64 = 0
        var end: Int64 = 0
        var goal: String?
        var role: String?

        mutating func take(_ triplet: Triplet, end: Int64) {
            take(start: triplet.time, end: end)
            if goal == nil { goal = triplet.goal?.string }
            if role == nil { role = triplet.role?.string }
        }

        mutating func take(start: Int64, end: Int64) {
            if start > 0 { self.start = self.start == 0 ? start : min(self.start, start) }
            self.end = max(self.end, end)
        }
    }

    private struct Key: Hashable {
        var task: String
        /// Empty where the sequence is that of the whole task.
        var sequence: String
    }

    /// As they were met.
    private var known: [Known] = []
    private var numbers: [Key: Int] = [:]
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
        find(triplet, isAgents: isAgents, place)
        known[last.sequence].take(triplet, end: end)
        if last.task != last.sequence { known[last.task].take(triplet, end: end) }
        let (trace, parent) = (known[last.sequence].trace, known[last.sequence].span)

        let role = triplet.role ?? (isAgents ? FieldText(known[last.sequence].agent) : nil)
        var body = SpanBody(
            traceID: trace, spanID: Self.id(of: triplet, place), parentID: parent,
            name: names.name(role, triplet.function) ?? Self.name(of: triplet, place), start: triplet.time, end: end)
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.setService("asp")
        span.set(SpanVocabulary.spanID, triplet.id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.step.rawValue)
        if !span.isBrief { span.set(SpanVocabulary.nodeLabel, triplet.index.map { "\($0 + 1)" }) }
        span.set("rl.triplet_id", triplet.id)
        span.set("rl.sequence_id", triplet.sequence)
        span.set("rl.sequence_index", triplet.index)
        span.set("rl.sequence_scope", triplet.scope ?? .made(isAgents ? "agent" : "pipeline"))
        span.set("task.id", known[last.sequence].key.task)
        span.set("agent.role", role)
        span.set("rl.state", triplet.state)
        span.set("rl.action", triplet.action)
        if let reward = triplet.reward, (0...1).contains(reward) { span.set(SpanVocabulary.reward, reward) }
        if triplet.isFailure {
            span.fail(triplet.error?.string ?? "the action did not succeed")
        } else if triplet.action != nil {
            span.body.status = .ok
        }
        if let trace = triplet.trace, let recorded = triplet.span {
            span.body.links.append(SpanLink(traceID: trace, spanID: recorded))
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

    /// Takes in what was put together of the triplets that follow.
    mutating func join(_ later: TripletSequences) {
        for other in later.known {
            let number = number(of: other.key, other.agent, other.place)
            known[number].take(start: other.start, end: other.end)
            known[number].goal = known[number].goal ?? other.goal
            known[number].role = known[number].role ?? other.role
        }
    }

    /// Hands over what is known of tasks and sequences so far.
    package mutating func finish(into output: inout TranslationOutput) {
        for known in known {
            let key = known.key
            let isTask = key.sequence.isEmpty
            var body = SpanBody(
                traceID: known.trace, spanID: known.span, name: isTask ? key.task : key.sequence, start: known.start,
                end: known.end)
            if !isTask { body.parentID = Self.span(of: Key(task: key.task, sequence: "")) }
            var span = TranslatedSpan(body, from: known.place)
            span.isPiece = true
            span.markInferred()
            span.setService("asp")
            if isTask { span.set(SpanVocabulary.traceID, key.task) }
            span.set("task.id", key.task)
            span.set("rl.sequence_id", isTask ? key.task : key.sequence)
            span.set("task.description", known.goal)
            if !isTask { span.set("agent.role", known.role) }
            output.add(span)
        }
    }

    private mutating func number(of key: Key, _ agent: String?, _ place: RecordPlace) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = known.count
        known.append(
            Known(
                key: key, trace: Self.trace(of: key.task), span: Self.span(of: key), agent: agent,
                place: place.remembered))
        return known.count - 1
    }

    /// All that ASP leaves of one task is one trace.
    package static func trace(of task: String) -> TraceID { DerivedID.trace(task, in: "asp") }

    /// The root of a task.
    package static func root(of task: String) -> SpanID { DerivedID.span("asp task \(task)") }

    private static func span(of key: Key) -> SpanID {
        key.sequence.isEmpty ? root(of: key.task) : DerivedID.span("asp sequence \(key.task) \(key.sequence)")
    }
}
