import TraceModel

/// Makes spans of a trajectory of the Agent Lightning optimizer, as its API, its exports and its SDK write it.
package struct TrajectoryMapping {
    /// What the trajectory is called where it does not say.
    private let fallback: String

    package init(fallback: String) {
        self.fallback = fallback
    }

    /// Whether an object is a trajectory, or a part of one.
    static func isTrajectory(_ value: JSONView) -> Bool {
        guard value.kind == .object else { return false }
        if isSteps(value["steps"]) { return true }
        let agent = value.first(of: "agent_id", "agentId")
        guard agent.exists else { return isCompletion(value) }
        return value.first(of: "task_type", "taskType", "initial_prompt", "initialPrompt").exists
    }

    private static func isSteps(_ steps: JSONView) -> Bool {
        steps[0].first(of: "step_number", "stepNumber").exists
            && steps[0].first(
                of: "tool_name", "toolName", "thinking",
                "thinking_content", "thinkingContent", "action"
            ).exists
    }

    /// What the SDK sends in the end.
    private static func isCompletion(_ value: JSONView) -> Bool {
        value["totalSteps"].exists && value["endTime"].exists
    }

    package func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let name = record.first(of: "id", "trajectory_id", "trajectoryId").filled ?? fallback
        let trace = DerivedID.trace(name, in: "trajectory")
        let root = DerivedID.span("trajectory \(name)")
        let steps = fold(Array(record["steps"].elements))
        output.add(trajectory(record, name, trace, root, steps, at: place))
        var flow = TrajectoryFlow()
        for (number, step) in steps.enumerated() {
            var span = span(
                of: step, number, name, trace, root, next: number + 1 < steps.count ? steps[number + 1] : nil, at: place
            )
            flow.connect(&span, using: step.view.first(of: "tool_input", "toolInput", "input"))
            output.add(span)
        }
    }

    // MARK: The root

    private func trajectory(
        _ record: JSONView, _ name: String, _ trace: TraceID, _ root: SpanID, _ steps: [Step], at place: RecordPlace
    ) -> TranslatedSpan {
        let start = Timestamp.of(record.first(of: "started_at", "startTime", "start_time", "created_at", "createdAt"))
        let status = record["status"].text
        let task = record.first(of: "task_type", "taskType").text
        var body = SpanBody(
            traceID: trace, spanID: root, name: task ?? (steps.isEmpty ? "" : "trajectory"),
            start: start ?? steps.first?.start ?? 0, end: 0)
        body.end = end(record, body.start, steps)
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.isPiece = true
        span.setService("agent-lightning-optimizer")
        span.set(SpanVocabulary.traceID, name)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.name", record.first(of: "agent_id", "agentId"))
        span.set("input.value", record.first(of: "initial_prompt", "initialPrompt", "prompt", "task"))
        span.set("output.value", record.first(of: "final_result", "finalResult", "result"))
        span.set("session.id", record["metadata"].first(of: "session_id", "sessionId"))
        setOutcome(record, status, on: &span)
        span.setRest(
            of: record, prefix: "trajectory.",
            except: [
                "id", "agent_id", "agentId", "steps", "initial_prompt", "initialPrompt", "final_result", "finalResult",
                "result", "outcome", "started_at", "startTime", "created_at", "createdAt",
            ])
        return span
    }

    private func end(_ record: JSONView, _ start: Int64, _ steps: [Step]) -> Int64 {
        if let end = Timestamp.of(record.first(of: "completed_at", "endTime", "end_time", "completedAt")) { return end }
        if start > 0, let length = record.first(of: "total_duration_ms", "totalDurationMs", "duration").double,
            length >= 0,
            length < 1e12
        {
            return start + Int64(length * 1e6)
        }
        let status = record["status"].text ?? ""
        let isOver =
            ["completed", "failed", "success", "error", "cancelled"].contains(status) || record["outcome"].exists
        return isOver ? max(steps.last?.end ?? 0, start, 1) : 0
    }

    /// An outcome is a word, or an object with one, a score and what was said of it.
    private func setOutcome(_ record: JSONView, _ status: String?, on span: inout TranslatedSpan) {
        let outcome = record["outcome"]
        let word =
            outcome.string ?? outcome.first(of: "status", "result", "label").text
            ?? outcome["success"].bool.map { $0 ? "success" : "failure" }
            ?? record["success"].bool.map { $0 ? "success" : "failure" }
        span.set("trajectory.outcome", word)
        let score = outcome.first(of: "reward", "score", "value").double ?? record.first(of: "reward", "score").double
        let explanation = outcome.first(of: "feedback", "reason", "message").text
        if let word {
            span.addScore("outcome", value: score, label: word, explanation: explanation, at: span.body.end)
        }
        span.setReward(score)
        switch word ?? status {
        case "success", "completed": span.body.status = .ok
        case "failure", "failed", "error":
            span.fail(record.first(of: "error", "error_message").text ?? explanation ?? word ?? "failed")
        default: break
        }
    }

    // MARK: Steps

    private struct Step {
        var view: JSONView
        /// What the SDK recorded before the tool was used.
        var before: JSONView?
        var start: Int64
        var end: Int64
    }

    /// The SDK records a tool's use twice, before and after: those that say the same but for the output are one step.
    private func fold(_ views: [JSONView]) -> [Step] {
        var steps: [Step] = []
        for view in views where view.kind == .object {
            let time = Timestamp.of(view["timestamp"]) ?? steps.last?.end ?? 0
            if let last = steps.last, last.before == nil, Self.isBefore(last.view, view) {
                steps[steps.count - 1] = Step(
                    view: view, before: last.view, start: last.start, end: max(time, last.start))
                continue
            }
            let length = view.first(of: "duration_ms", "durationMs", "duration").double.map { max(0, min($0, 1e12)) }
            steps.append(Step(view: view, start: time, end: time + Int64((length ?? 0) * 1e6)))
        }
        return steps
    }

    private static func isBefore(_ first: JSONView, _ second: JSONView) -> Bool {
        !output(first).exists && output(second).exists && tool(first) != nil && tool(first) == tool(second)
            && first.first(of: "tool_input", "toolInput").text == second.first(of: "tool_input", "toolInput").text
    }

    private static func tool(_ step: JSONView) -> String? { step.first(of: "tool_name", "toolName", "tool").filled }

    private static func output(_ step: JSONView) -> JSONView { step.first(of: "tool_output", "toolOutput", "output") }

    private func span(
        of step: Step, _ number: Int, _ name: String, _ trace: TraceID, _ root: SpanID, next: Step?,
        at place: RecordPlace
    ) -> TranslatedSpan {
        let view = step.view
        let label = view.first(of: "step_number", "stepNumber").text ?? "\(number + 1)"
        let thinking = view.first(of: "thinking_content", "thinkingContent", "thinking", "reasoning").filled
        let tool = Self.tool(view)
        let first = step.before?.first(of: "step_number", "stepNumber").text ?? label
        var body = SpanBody(
            traceID: trace, spanID: DerivedID.span("trajectory \(name) step \(first)"), parentID: root,
            name: tool ?? (thinking == nil ? "step \(label)" : "thinking"), start: step.start, end: max(step.end, 1))
        // Without a length it lasted, at most, until the next began.
        if step.end == step.start, step.before == nil, let next, next.start > step.start, view["error"].exists == false
        {
            body.end = step.start
        }
        body.kind = .internal
        var span = TranslatedSpan(body, from: place.place(of: view))
        if let before = step.before { span.origins.insert(place.place(of: before).bytes, at: 0) }
        span.setService("agent-lightning-optimizer")
        span.set(SpanVocabulary.spanID, view["id"])
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.step.rawValue)
        span.set(SpanVocabulary.nodeLabel, label)
        span.set("gen_ai.operation.name", tool == nil ? "plan" : "execute_tool")
        span.set("gen_ai.tool.name", tool)
        span.set("gen_ai.tool.call.arguments", view.first(of: "tool_input", "toolInput", "input"))
        span.set("gen_ai.tool.call.result", Self.output(view))
        span.set("thinking", thinking)
        span.setReward(view["reward"].double ?? view["metadata"]["reward"].double)
        let error = view.first(of: "error", "error_message")
        if error.exists, error.bool != false {
            span.fail(error.first(of: "message").text ?? error.text ?? "failed")
        } else if Self.output(view).exists {
            span.body.status = .ok
        }
        span.setRest(
            of: view, prefix: "trajectory.",
            except: [
                "id", "step_number", "stepNumber", "timestamp", "tool_name", "toolName", "tool_input", "toolInput",
                "tool_output", "toolOutput", "thinking_content", "thinkingContent", "thinking", "duration_ms",
                "durationMs",
            ])
        return span
    }
}
