package import TraceModel

/// Puts triplets into the tree of their task: task, sequence, triplet. Tasks and sequences are derived from their triplets.
package struct TripletSequences {
    private struct Known {
        let key: Key
        let trace: TraceID
        let span: SpanID
        let place: RecordPlace
        var start: Int64 = 0
        var end: Int64 = 0
        var goal: String?
        var role: String?

        mutating func take(_ triplet: Triplet, end: Int64) {
            take(start: triplet.time, end: end)
            if goal == nil { goal = triplet.goal }
            if role == nil { role = triplet.role }
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
    /// The last sequence, and the last task: the next triplet is of the same as a rule.
    private var last = (sequence: 0, task: 0)

    package init() {}

    /// The span of a triplet, under its sequence.
    package mutating func span(of triplet: Triplet, from place: RecordPlace) -> TranslatedSpan {
        let colon = triplet.sequence.utf8.firstIndex(of: UInt8(ascii: ":"))
        let isAgents = colon != nil && triplet.scope != "session" && triplet.scope != "custom"
        let parts = colon.map { (triplet.sequence[..<$0], triplet.sequence[triplet.sequence.utf8.index(after: $0)...]) }
        let task = isAgents ? parts.map { String($0.0) } ?? "" : triplet.task ?? triplet.sequence
        let key = Key(task: task, sequence: triplet.sequence == task ? "" : triplet.sequence)
        let end = triplet.time + Int64((triplet.duration.map { $0 > 0 && $0 < 1e12 ? $0 : 0 } ?? 0) * 1e6)
        let number = number(of: key, place, last.sequence)
        last.sequence = number
        known[number].take(triplet, end: end)
        if !key.sequence.isEmpty {
            last.task = self.number(of: Key(task: task, sequence: ""), place, last.task)
            known[last.task].take(triplet, end: end)
        }

        let own = triplet.id.isEmpty ? "\(triplet.sequence) \(triplet.index ?? Int64(place.bytes.offset))" : triplet.id
        let role = triplet.role ?? (isAgents ? parts.map { String($0.1) } : nil)
        let name = [role, triplet.function].compactMap { $0 }.joined(separator: ".")
        var body = SpanBody(
            traceID: known[number].trace, spanID: DerivedID.span("triplet \(own)"), parentID: known[number].span,
            name: name.isEmpty ? "triplet \(triplet.index.map { "\($0)" } ?? own)" : name, start: triplet.time, end: end
        )
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.setService("asp")
        span.set(SpanVocabulary.spanID, triplet.id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.step.rawValue)
        span.set(SpanVocabulary.nodeLabel, triplet.index.map { "\($0 + 1)" })
        span.set("rl.triplet_id", triplet.id)
        span.set("rl.sequence_id", triplet.sequence)
        span.set("rl.sequence_index", triplet.index)
        span.set("rl.sequence_scope", triplet.scope ?? (isAgents ? "agent" : "pipeline"))
        span.set("task.id", task)
        span.set("agent.role", role)
        span.set("rl.state", triplet.state)
        span.set("rl.action", triplet.action)
        if let reward = triplet.reward, (0...1).contains(reward) { span.set(SpanVocabulary.reward, reward) }
        if triplet.isFailure {
            span.fail(triplet.error ?? "the action did not succeed")
        } else if triplet.action != nil {
            span.body.status = .ok
        }
        if let trace = triplet.trace, let recorded = triplet.span {
            span.body.links.append(SpanLink(traceID: trace, spanID: recorded))
        }
        return span
    }

    /// Takes in what was put together of the triplets that follow.
    mutating func join(_ later: TripletSequences) {
        for other in later.known {
            let number = number(of: other.key, other.place, known.count)
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

    private mutating func number(of key: Key, _ place: RecordPlace, _ last: Int) -> Int {
        if last < known.count, known[last].key == key { return last }
        if let number = numbers[key] { return number }
        numbers[key] = known.count
        known.append(Known(key: key, trace: Self.trace(of: key.task), span: Self.span(of: key), place: place.remembered))
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
