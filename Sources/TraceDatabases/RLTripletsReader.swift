import TraceFormats
import TraceModel

/// ASP's triplets in a table, with their states, actions and rewards as JSON.
struct RLTripletsReader {
    private let database: SQLiteDatabase

    init(_ database: SQLiteDatabase) {
        self.database = database
    }

    func read(into take: (TranslationOutput) -> Void) throws(FormatError) {
        let table = try database.tables().contains("rl_triplets") ? "rl_triplets" : "triplets"
        let columns = try database.columns(of: table)
        let order = ["timestamp_utc", "timestamp", "id", "sequence_index"].filter { columns.contains($0) }
        var sequences = TripletSequences()
        var counts: [String: Int64] = [:]
        var output = TranslationOutput()
        let query =
            "SELECT rowid AS row_number, * FROM \(table)"
            + (order.isEmpty ? "" : " ORDER BY " + order.joined(separator: ", "))
        defer {
            sequences.finish(into: &output)
            take(output)
        }
        try database.rows(query) { row in
            let place = RecordPlace(bytes: .empty, line: row.integer("row_number").map { Int(clamping: $0) })
            guard let triplet = triplet(row, &counts) else {
                output.report("a triplet of no sequence, task or trace", at: place)
                return true
            }
            var span = sequences.span(of: triplet, from: place)
            span.set("rl.reward", row["reward_json"] ?? row["reward"])
            span.set("rl.reward_source", row["reward_source"])
            span.set("rl.reward_assigned_at", row["reward_assigned_at"])
            output.add(span)
            if output.spans.count >= 5_000 {
                take(output)
                output = TranslationOutput()
            }
            return true
        }
    }

    private func triplet(_ row: SQLiteRow, _ counts: inout [String: Int64]) -> Triplet? {
        let state = row["state_json"] ?? row["state"] ?? ""
        let action = row["action_json"] ?? row["action"] ?? ""
        return JSONDocument.read(state) { state, _ in
            guard
                let sequence = row.filled("sequence_id") ?? state["task_id"].filled ?? row.filled("task_id")
                    ?? row.filled("trace_id")
            else { return nil }
            let index = row.integer("sequence_index") ?? counts[sequence] ?? 0
            counts[sequence] = index + 1
            var triplet = Triplet(sequence: .made(sequence), index: index)
            triplet.id = FieldText(row.filled("triplet_id") ?? row.filled("span_id"))
            triplet.scope = FieldText(row.filled("sequence_scope"))
            triplet.time = (row["timestamp_utc"] ?? row["timestamp"]).flatMap { Timestamp.parse($0, isUTC: true) } ?? 0
            triplet.task = FieldText(state["task_id"].filled ?? row.filled("task_id"))
            triplet.goal = FieldText(state.first(of: "task_description", "goal", "task").filled)
            triplet.role = FieldText(state.first(of: "agent_role", "agent").filled ?? row.filled("agent_role"))
            triplet.state = FieldText(state.text)
            triplet.trace = (row["trace_id"] ?? state["trace_id"].string).flatMap { TraceID(hex: $0) }
            triplet.span = (row["span_id"] ?? state["span_id"].string).flatMap { SpanID(hex: $0) }
            JSONDocument.read(action) { action, _ in
                triplet.action = FieldText(action.text)
                triplet.function = FieldText(action.first(of: "function_name", "name", "tool").filled)
                triplet.duration = action.first(of: "duration_ms", "latency_ms").double
                triplet.isFailure = action["success"].bool == false
                triplet.error = FieldText(action.first(of: "error_message", "error", "error_type").text)
            }
            triplet.reward = reward(row["reward_json"] ?? row["reward"])
            return triplet
        }
    }

    /// A number, or an object with one.
    private func reward(_ text: String?) -> Double? {
        guard let text else { return nil }
        return JSONDocument.read(text) { value, _ in value.double ?? value.first(of: "value", "reward", "score").double
        }
    }
}
