import TraceModel

/// ASP's RL triplets as JSON lines: a state, an action and a reward, in the order of their sequence.
struct RLTripletsTranslator: TraceTranslator {
    static let format = ForeignFormat(.rlTriplets, .lines, records: .inAnyOrder) { value in
        value["sequence_id"].exists && value["state"].kind == .object && value["action"].kind == .object
            || value["triplet_id"].exists && value["state"].exists
    } translator: { _ in
        RLTripletsTranslator()
    }

    private enum Field {
        static let record = FieldTable([
            ["sequence_id"], ["sequence_index"], ["triplet_id"], ["sequence_scope"], ["timestamp_utc", "timestamp"],
            ["state"], ["action"], ["reward"],
        ])
        static let (sequence, index, id, scope, time, state, action, reward) = (0, 1, 2, 3, 4, 5, 6, 7)
    }

    private enum StateField {
        static let all = FieldTable([
            ["task_id"], ["task_description", "goal", "task"], ["agent_role", "agent"], ["trace_id"], ["span_id"],
        ])
        static let (task, goal, role, trace, span) = (0, 1, 2, 3, 4)
    }

    private enum ActionField {
        static let all = FieldTable([
            ["function_name", "name", "tool", "action"], ["duration_ms", "latency_ms"], ["success"],
            ["error_message", "error", "error_type"],
        ])
        static let (function, duration, success, error) = (0, 1, 2, 3)
    }

    private var triplets = TripletSequences()

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let fields = Field.record.pick(from: record)
        guard let sequence = fields[Field.sequence].fieldText else {
            return output.report("a triplet without a sequence_id", at: place)
        }
        var triplet = Triplet(sequence: sequence, index: fields[Field.index].integer)
        triplet.id = fields[Field.id].fieldText
        triplet.scope = fields[Field.scope].filledText
        triplet.time = Timestamp.of(fields[Field.time], isUTC: true) ?? 0
        let state = StateField.all.pick(from: fields[Field.state])
        triplet.task = state[StateField.task].filledText
        triplet.goal = state[StateField.goal].filledText
        triplet.role = state[StateField.role].filledText
        triplet.trace = state[StateField.trace].string.flatMap { TraceID(hex: $0) }
        triplet.span = state[StateField.span].string.flatMap { SpanID(hex: $0) }
        triplet.state = fields[Field.state].fieldText
        let action = ActionField.all.pick(from: fields[Field.action])
        triplet.function = action[ActionField.function].filledText
        triplet.duration = action[ActionField.duration].double
        triplet.isFailure = action[ActionField.success].bool == false
        triplet.error = action[ActionField.error].fieldText
        triplet.action = fields[Field.action].fieldText
        let reward = fields[Field.reward]
        triplet.reward = reward.double ?? reward.first(of: "value", "score").double
        if reward.exists, triplet.reward.map({ (0...1).contains($0) }) != true {
            output.report("a reward that is no number from 0 to 1: \(reward.json.prefix(40))", at: place)
        }
        var span = triplets.span(of: triplet, from: place)
        if reward.exists { span.set("rl.reward", reward) }
        if !place.isBrief {
            span.set("rl.reward_source", record["reward_source"])
            span.set("rl.reward_assigned_at", record["reward_assigned_at"])
        }
        span.setRest(of: record, prefix: "rl.", except: Self.known)
        output.add(span)
    }

    private static let known: FieldNames = [
        "triplet_id", "sequence_id", "sequence_index", "sequence_scope", "timestamp_utc", "timestamp", "state",
        "action", "reward", "reward_source", "reward_assigned_at",
    ]

    mutating func join(_ later: RLTripletsTranslator) { triplets.join(later.triplets) }

    mutating func settle(before offset: UInt64, into output: inout TranslationOutput) {
        triplets.settle(before: offset, into: &output)
    }

    mutating func finish(into output: inout TranslationOutput) { triplets.finish(into: &output) }
}
