import TraceModel

/// ASP's RL triplets as JSON lines: a state, an action and a reward, in the order of their sequence.
struct RLTripletsTranslator: TraceTranslator {
    static let format = ForeignFormat(.rlTriplets, .lines, records: .inAnyOrder) { value in
        value["sequence_id"].exists && value["state"].kind == .object && value["action"].kind == .object
            || value["triplet_id"].exists && value["state"].exists
    } translator: { _ in
        RLTripletsTranslator()
    }

    private enum Field: Int, RecordField {
        case sequence, index, id, scope, time, state, action, reward

        static let table = FieldTable<Field>()

        var names: [StaticString] {
            switch self {
            case .sequence: ["sequence_id"]
            case .index: ["sequence_index"]
            case .id: ["triplet_id"]
            case .scope: ["sequence_scope"]
            case .time: ["timestamp_utc", "timestamp"]
            case .state: ["state"]
            case .action: ["action"]
            case .reward: ["reward"]
            }
        }
    }

    private enum StateField: Int, RecordField {
        case task, goal, role, trace, span

        static let table = FieldTable<StateField>()

        var names: [StaticString] {
            switch self {
            case .task: ["task_id"]
            case .goal: ["task_description", "goal", "task"]
            case .role: ["agent_role", "agent"]
            case .trace: ["trace_id"]
            case .span: ["span_id"]
            }
        }
    }

    private enum ActionField: Int, RecordField {
        case function, duration, success, error

        static let table = FieldTable<ActionField>()

        var names: [StaticString] {
            switch self {
            case .function: ["function_name", "name", "tool", "action"]
            case .duration: ["duration_ms", "latency_ms"]
            case .success: ["success"]
            case .error: ["error_message", "error", "error_type"]
            }
        }
    }

    private var triplets = TripletSequences()

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let fields = Field.table.pick(from: record)
        guard let sequence = fields[.sequence].fieldText else {
            return output.report("a triplet without a sequence_id", at: place)
        }
        var triplet = Triplet(sequence: sequence, index: fields[.index].integer)
        triplet.id = fields[.id].fieldText
        triplet.scope = fields[.scope].filledText
        triplet.time = Timestamp.of(fields[.time], isUTC: true) ?? 0
        let state = StateField.table.pick(from: fields[.state])
        triplet.task = state[.task].filledText
        triplet.goal = state[.goal].filledText
        triplet.role = state[.role].filledText
        triplet.trace = state[.trace].hexTraceID
        triplet.span = state[.span].hexSpanID
        triplet.state = fields[.state].fieldText
        let action = ActionField.table.pick(from: fields[.action])
        triplet.function = action[.function].filledText
        triplet.duration = action[.duration].double
        triplet.isFailure = action[.success].bool == false
        triplet.error = action[.error].fieldText
        triplet.action = fields[.action].fieldText
        let reward = fields[.reward]
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
        output.add(consume span)
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
