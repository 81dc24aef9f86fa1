import TraceFormats
import TraceModel

extension PhoenixAnnotations {
    /// An annotation of a span, a trace or a session, as its API and its exports have it.
    static func judgement(_ view: JSONView) throws(Refusal) -> ImportedJudgement {
        let result = view["result"].kind == .object ? view["result"] : view
        let kind: RewardRecord.AuthorKind =
            switch view["annotator_kind"].string?.uppercased() {
            case "LLM": .model
            case "CODE": .code
            default: .human
            }
        guard result["score"].exists else {
            throw Refusal(why: result["label"].text.map { "the label '\($0)' without a score" } ?? "no score")
        }
        var judgement = ImportedJudgement(
            key: ImportedJudgement.key("phoenix", view["id"], view), value: try Refusal.value(result["score"]),
            author: view["user_id"].filled ?? "phoenix", authorKind: kind,
            time: Timestamp.of(view.first(of: "created_at", "updated_at"), isUTC: true))
        judgement.span = view["span_id"].filled
        judgement.trace = view["trace_id"].filled
        if judgement.trace == nil, judgement.span == nil { judgement.sequence = view["session_id"].filled }
        judgement.rationale = result["explanation"].string ?? ""
        judgement.labels = result["label"].filled.map { [$0] } ?? []
        judgement.setName(view["name"].string)
        judgement.takeOwn(view["metadata"])
        return judgement
    }
}
