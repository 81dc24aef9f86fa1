import TraceFormats
import TraceModel

/// Judgements as spans of their own, each with one link to what it judges, for any collector: a span that has ended is not
/// touched. A judgement always makes the same span.
enum OpenInferenceSpans {
    static func line(_ judged: JudgedRecord) -> [UInt8] { Array(OTLPJSONWriter.line([span(judged)]).dropLast()) }

    private static func span(_ judged: JudgedRecord) -> SpanBody {
        let record = judged.record
        var span = SpanBody(
            traceID: DerivedID.trace("judgement \(record.id)", in: "spandrel"),
            spanID: DerivedID.span("judgement \(record.id)"), name: judged.name, start: record.createdAt,
            end: record.createdAt)
        span.kind = .internal
        span.status = .ok
        span.resource.attributes = [Attribute("service.name", .string("spandrel"))]
        span.scope.name = "spandrel"
        span.attributes = [Attribute("openinference.span.kind", .string("EVALUATOR"))]
        // The convention names results of a span of their own evaluations; readers from before that know annotations.
        for word in ["annotation", "evaluation"] {
            span.attributes += fields(judged).map { Attribute("\(word)s.0.\(word).\($0)", $1) }
        }
        span.links = [SpanLink(traceID: record.target.trace, spanID: judged.span)]
        return span
    }

    /// What is not known is not there.
    private static func fields(_ judged: JudgedRecord) -> [(String, AttributeValue)] {
        let record = judged.record
        var fields: [(String, AttributeValue)] = [("name", .string(judged.name))]
        if let value = record.value { fields.append(("score", .double(value))) }
        if let label = judged.label { fields.append(("label", .string(label))) }
        if !record.rationale.isEmpty { fields.append(("explanation", .string(record.rationale))) }
        fields.append(("annotator_kind", .string(judged.annotatorKind)))
        fields.append(("identifier", .string("\(record.id)")))
        var metadata = JSONWriter()
        metadata.object { writer in for field in judged.rest { writer.field(field.key, field.value) } }
        fields.append(("metadata", .string(metadata.text)))
        return fields
    }
}
