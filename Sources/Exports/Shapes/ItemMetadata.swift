import TraceAnalysis
import TraceFormats
import TraceModel

extension JudgedItem {
    /// Where a line comes from, and on whose word: what training leaves aside and people look up.
    func writeMetadata(onto writer: inout JSONWriter) {
        writer.key("metadata")
        writer.object { fields(&$0) }
    }

    func fields(_ writer: inout JSONWriter) {
        let detail = SpanDetail(span)
        func text(_ key: String, _ value: String?) {
            writer.key(key)
            if let value, !value.isEmpty { writer.string(value) } else { writer.null() }
        }
        writer.field("trace_id", trace.givenID)
        writer.field("span_id", span.attributes.text(SpanVocabulary.spanID) ?? "\(span.spanID)")
        writer.field("target", record?.target.kind ?? "span")
        text("task_id", span.attributes.text("task.id") ?? span.attributes.text("gen_ai.task.id"))
        text("agent_role", detail.agent)
        text("model", detail.model)
        text("reward_id", record.map { "\($0.id)" })
        text("rubric", record?.rubric)
        writer.field("judges", Int64(judges))
        text("strategy", record?.strategy.rawValue)
        text("author_kind", record?.authorKind.rawValue)
    }
}
