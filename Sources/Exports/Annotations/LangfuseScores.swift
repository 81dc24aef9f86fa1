import TraceFormats
import TraceModel

/// Scores as Langfuse's `POST /api/public/scores` takes them; one that is sent again replaces itself, by its id.
enum LangfuseScores {
    static func line(_ judged: JudgedRecord) -> [UInt8] {
        let record = judged.record
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("id", "\(record.id)")
            writer.field("traceId", judged.traceID(in: "langfuse"))
            if let span = judged.spanID(in: "langfuse") { writer.field("observationId", span) }
            writer.field("name", judged.name)
            writer.key("value")
            writer.double(record.value ?? 0)
            writer.field("dataType", "NUMERIC")
            if !record.rationale.isEmpty { writer.field("comment", record.rationale) }
            if let queue = record.queue { writer.field("queueId", queue) }
            writer.field("source", source(record.authorKind))
            writer.field("timestamp", Timestamp.text(record.createdAt))
            judged.writeRest("metadata", onto: &writer)
        }
        return writer.bytes
    }

    private static func source(_ kind: RewardRecord.AuthorKind) -> String {
        switch kind {
        case .human: "ANNOTATION"
        case .model: "EVAL"
        case .code: "API"
        }
    }
}
