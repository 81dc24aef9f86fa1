import TraceModel

/// What all samples of an evaluation have in common.
struct InspectHeader {
    var task: String
    var model: String?
    var run: String
    var created: Int64

    init(_ log: JSONView) {
        let eval = log["eval"]
        task = eval["task"].text ?? "task"
        model = eval["model"].text
        run = eval.first(of: "eval_id", "run_id", "task_id").text ?? ""
        created = Timestamp.of(eval["created"], isUTC: true) ?? 0
    }
}
