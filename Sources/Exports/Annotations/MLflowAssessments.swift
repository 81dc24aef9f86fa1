import TraceFormats
import TraceModel

/// Assessments as MLflow has them in a trace's `info`.
enum MLflowAssessments {
    static func line(_ judged: JudgedRecord) -> [UInt8] {
        let record = judged.record
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("assessment_name", judged.name)
            // What comes by OpenTelemetry has its id behind a sign there.
            let trace = judged.traceID(in: "mlflow")
            writer.field("trace_id", trace.utf8.count == 32 ? "tr-\(trace)" : trace)
            if let span = judged.spanID(in: "mlflow") { writer.field("span_id", span) }
            writer.key("source")
            writer.object { writer in
                writer.field("source_type", source(record.authorKind))
                writer.field("source_id", record.author)
            }
            writer.field("create_time", Timestamp.text(record.createdAt))
            writer.key("feedback")
            writer.object { writer in
                writer.key("value")
                writer.double(record.value ?? 0)
            }
            if !record.rationale.isEmpty { writer.field("rationale", record.rationale) }
            judged.writeRest("metadata", onto: &writer)
            writer.key("valid")
            writer.bool(true)
        }
        return writer.bytes
    }

    private static func source(_ kind: RewardRecord.AuthorKind) -> String {
        switch kind {
        case .human: "HUMAN"
        case .model: "LLM_JUDGE"
        case .code: "CODE"
        }
    }
}
