import TraceModel

/// ASP's RL triplets as JSON lines: a state, an action and a reward, in the order of their sequence.
struct RLTripletsTranslator: TraceTranslator {
    static let format = ForeignFormat(.rlTriplets, .lines, standsAlone: true) { value in
        value["sequence_id"].exists && value["state"].kind == .object && value["action"].kind == .object
            || value["triplet_id"].exists && value["state"].exists
    } translator: { _ in
        RLTripletsTranslator()
    }

    private var triplets = TripletSequences()

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        guard let sequence = record["sequence_id"].text, !sequence.isEmpty else {
            return output.report("a triplet without a sequence_id", at: place)
        }
        let state = record["state"]
        var triplet = Triplet(sequence: sequence, index: record["sequence_index"].integer)
        triplet.id = record["triplet_id"].text ?? ""
        triplet.scope = record["sequence_scope"].filled
        triplet.time = Timestamp.of(record.first(of: "timestamp_utc", "timestamp"), isUTC: true) ?? 0
        triplet.task = state["task_id"].filled
        triplet.goal = state.first(of: "task_description", "goal", "task").filled
        triplet.role = state.first(of: "agent_role", "agent").filled
        triplet.function = record["action"].first(of: "function_name", "name", "tool", "action").filled
        triplet.duration = record["action"].first(of: "duration_ms", "latency_ms").double
        triplet.isFailure = record["action"]["success"].bool == false
        triplet.error = record["action"].first(of: "error_message", "error", "error_type").text
        triplet.state = state.text
        triplet.action = record["action"].text
        triplet.trace = state["trace_id"].string.flatMap { TraceID(hex: $0) }
        triplet.span = state["span_id"].string.flatMap { SpanID(hex: $0) }
        let reward = record["reward"]
        triplet.reward = reward.double ?? reward.first(of: "value", "score").double
        if reward.exists, triplet.reward.map({ (0...1).contains($0) }) != true {
            output.report("a reward that is no number from 0 to 1: \(reward.json.prefix(40))", at: place)
        }
        var span = triplets.span(of: triplet, from: place)
        if reward.exists { span.set("rl.reward", reward) }
        span.set("rl.reward_source", record["reward_source"])
        span.set("rl.reward_assigned_at", record["reward_assigned_at"])
        span.setRest(
            of: record, prefix: "rl.",
            except: [
                "triplet_id", "sequence_id", "sequence_index", "sequence_scope", "timestamp_utc", "timestamp", "state",
                "action", "reward", "reward_source", "reward_assigned_at",
            ])
        output.add(span)
    }

    mutating func join(_ later: RLTripletsTranslator) { triplets.join(later.triplets) }

    mutating func finish(into output: inout TranslationOutput) {
        triplets.finish(into: &output)
    }
}
