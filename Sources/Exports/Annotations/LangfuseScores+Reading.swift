import TraceFormats
import TraceModel

extension LangfuseScores {
    /// A score of the API, in either spelling.
    static func judgement(_ view: JSONView) throws(Refusal) -> ImportedJudgement {
        let value = view["value"].exists ? view["value"] : view.first(of: "stringValue", "string_value")
        let kind: RewardRecord.AuthorKind =
            switch view["source"].string?.uppercased() {
            case "ANNOTATION": .human
            case "EVAL": .model
            default: .code
            }
        var judgement = ImportedJudgement(
            key: ImportedJudgement.key("langfuse", view["id"], view), value: try Refusal.value(value),
            author: view.first(of: "authorUserId", "author_user_id").filled ?? "langfuse", authorKind: kind,
            time: Timestamp.of(view.first(of: "timestamp", "createdAt", "created_at"), isUTC: true))
        judgement.trace = view.first(of: "traceId", "trace_id").filled
        judgement.span = view.first(of: "observationId", "observation_id").filled
        if judgement.trace == nil, judgement.span == nil {
            judgement.sequence = view.first(of: "sessionId", "session_id").filled
        }
        judgement.rationale = view["comment"].string ?? ""
        judgement.setName(view["name"].string)
        judgement.takeOwn(view["metadata"])
        return judgement
    }
}
