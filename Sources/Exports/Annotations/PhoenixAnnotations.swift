import TraceFormats
import TraceModel

/// Annotations as Phoenix's `POST /v1/span_annotations` and `/v1/trace_annotations` take them, one each of `data`.
enum PhoenixAnnotations {
    static func line(_ judged: JudgedRecord) -> [UInt8] {
        let record = judged.record
        var writer = JSONWriter()
        writer.object { writer in
            if let span = judged.spanID(in: "phoenix") {
                writer.field("span_id", span)
            } else {
                writer.field("trace_id", judged.traceID(in: "phoenix"))
            }
            writer.field("name", judged.name)
            writer.field("annotator_kind", judged.annotatorKind)
            writer.key("result")
            writer.object { writer in
                if let label = judged.label { writer.field("label", label) }
                writer.key("score")
                writer.double(record.value ?? 0)
                if !record.rationale.isEmpty { writer.field("explanation", record.rationale) }
            }
            judged.writeRest("metadata", onto: &writer)
            writer.field("identifier", "\(record.id)")
        }
        return writer.bytes
    }
}
