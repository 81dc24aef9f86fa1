import TraceModel

/// A rollout, which is a trace of its own, or an attempt of one.
struct AgentLightningRollout {
    let rollout: String
    let attempt: String?

    init(_ rollout: String, _ attempt: String?) {
        self.rollout = rollout
        self.attempt = attempt
    }

    var trace: TraceID { DerivedID.trace(rollout, in: "agent-lightning") }

    var span: SpanID {
        attempt.map { DerivedID.span("agent lightning attempt \(rollout) \($0)") }
            ?? DerivedID.span("agent lightning rollout \(rollout)")
    }

    /// A part of what is known of it.
    func piece(start: Int64, end: Int64, at place: RecordPlace) -> TranslatedSpan {
        let parent = attempt.map { _ in AgentLightningRollout(rollout, nil).span }
        var body = SpanBody(
            traceID: trace, spanID: span, parentID: parent ?? SpanID(0),
            name: attempt.map { "attempt \($0)" } ?? "rollout \(rollout)", start: start,
            end: end == 0 ? 0 : max(start, end))
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.isPiece = true
        span.setService("agent-lightning")
        span.set(SpanVocabulary.traceID, rollout)
        span.set("session.id", rollout)
        span.set("gen_ai.operation.name", "invoke_workflow")
        return span
    }
}
