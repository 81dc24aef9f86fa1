import TraceFormats
import TraceModel

extension MLflowAssessments {
    /// An assessment of a trace or of a span of it.
    static func judgement(_ view: JSONView) throws(Refusal) -> ImportedJudgement {
        guard view["feedback"].exists else {
            throw Refusal(why: "an expectation, which says what is right and judges nothing")
        }
        guard view["valid"].bool != false else { throw Refusal(why: "no longer valid: another one overrides it") }
        let source = view["source"]
        let type = source["source_type"].string?.uppercased() ?? ""
        var judgement = ImportedJudgement(
            key: ImportedJudgement.key("mlflow", view["assessment_id"], view),
            value: try value(view["feedback"]["value"]),
            author: source["source_id"].filled ?? "mlflow",
            authorKind: type == "HUMAN" ? .human : type == "CODE" ? .code : .model,
            time: Timestamp.of(view.first(of: "create_time", "create_time_ms", "last_update_time"), isUTC: true))
        judgement.trace = view["trace_id"].filled
        judgement.span = view["span_id"].filled
        judgement.rationale = view["rationale"].string ?? ""
        judgement.setName(view.first(of: "assessment_name", "name").string)
        judgement.takeOwn(view["metadata"])
        return judgement
    }

    /// Its judges say yes and no in words.
    private static func value(_ view: JSONView) throws(Refusal) -> Double {
        switch view.string?.lowercased() {
        case "yes", "true": 1
        case "no", "false": 0
        default: try Refusal.value(view)
        }
    }
}
