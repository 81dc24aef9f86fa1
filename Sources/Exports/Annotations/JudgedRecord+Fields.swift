import TraceFormats
import TraceModel

extension JudgedRecord {
    /// What a judgement is called where each has a name: its rubric, without which it is a reward.
    var name: String { record.rubric ?? "reward" }

    /// The trace's id in a system: its own where the trace is from there; what comes from elsewhere is known by its id in
    /// OpenTelemetry, by which it got there.
    func traceID(in system: String) -> String { isFrom(system) ? trace.givenID : "\(record.target.trace)" }

    /// The same of the span; nothing of a trace or a sequence.
    func spanID(in system: String) -> String? {
        record.target.span.map { isFrom(system) ? spanName ?? "\($0)" : "\($0)" }
    }

    private func isFrom(_ system: String) -> Bool { trace.format.hasPrefix(system) }

    /// `approve`, `reject`, or nothing where a number alone was given.
    var label: String? { record.verdict?.rawValue }

    /// `HUMAN`, `LLM` or `CODE`, as OpenInference and Phoenix say.
    var annotatorKind: String {
        switch record.authorKind {
        case .human: "HUMAN"
        case .model: "LLM"
        case .code: "CODE"
        }
    }

    /// What has no field of its own elsewhere, all of it text.
    var rest: [(key: String, value: String)] {
        var fields = [
            ("reward_id", "\(record.id)"), ("target", record.target.kind), ("strategy", record.strategy.rawValue),
            ("author", record.author), ("author_kind", record.authorKind.rawValue), ("judges", "\(judges)"),
        ]
        if let verdict = record.verdict { fields.append(("verdict", verdict.rawValue)) }
        if let rubric = record.rubric { fields.append(("rubric", rubric)) }
        if !record.labels.isEmpty { fields.append(("labels", record.labels.joined(separator: ", "))) }
        if let correction = record.correction { fields.append(("correction", correction)) }
        switch record.target {
        case .triplet(let id, _, _), .approval(let id, _, _), .sequence(let id, _): fields.append(("target_id", id))
        case .span, .trace: break
        }
        for part in record.dimensions { fields.append(("dimension.\(part.name)", "\(part.value)")) }
        return fields
    }

    func writeRest(_ key: String, onto writer: inout JSONWriter) {
        writer.key(key)
        writer.object { writer in for field in rest { writer.field(field.key, field.value) } }
    }
}
