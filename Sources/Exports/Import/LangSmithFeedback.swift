import TraceFormats
import TraceModel

/// LangSmith's feedback of a run; that of a root run is of the trace.
enum LangSmithFeedback {
    static func judgement(_ view: JSONView) throws(Refusal) -> ImportedJudgement {
        let kind: RewardRecord.AuthorKind =
            switch view["feedback_source"]["type"].string {
            case "app": .human
            case "model", "auto_eval": .model
            default: .code
            }
        var judgement = ImportedJudgement(
            key: ImportedJudgement.key("langsmith", view["id"], view),
            value: try Refusal.value(view.first(of: "score", "value")),
            author: view["feedback_source"].first(of: "user_name", "user_id").filled ?? "langsmith", authorKind: kind,
            time: Timestamp.of(view.first(of: "created_at", "modified_at"), isUTC: true))
        judgement.trace = view["trace_id"].filled
        judgement.span = view["run_id"].filled
        if judgement.trace == judgement.span { judgement.span = nil }
        judgement.rationale = view["comment"].string ?? ""
        judgement.correction = view["correction"].exists ? view["correction"].text : nil
        judgement.setName(view["key"].string)
        judgement.takeOwn(view["feedback_source"]["metadata"])
        return judgement
    }
}
