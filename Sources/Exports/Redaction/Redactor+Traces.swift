package import TraceModel

extension Redactor {
    /// All that a span says; its ids stay.
    package func span(_ body: SpanBody) -> SpanBody {
        var body = body
        body.name = text(body.name)
        body.statusMessage = text(body.statusMessage)
        body.traceState = text(body.traceState)
        body.attributes = attributes(body.attributes)
        body.resource.attributes = attributes(body.resource.attributes)
        body.scope.name = text(body.scope.name)
        body.scope.attributes = attributes(body.scope.attributes)
        for index in body.events.indices {
            body.events[index].name = text(body.events[index].name)
            body.events[index].attributes = attributes(body.events[index].attributes)
        }
        for index in body.links.indices { body.links[index].attributes = attributes(body.links[index].attributes) }
        return body
    }

    /// All that a judgement says; who made it is told by a word, but not by an address.
    package func record(_ record: RewardRecord) -> RewardRecord {
        var record = record
        record.author = text(record.author)
        record.rationale = text(record.rationale)
        record.labels = record.labels.map { text($0) }
        record.correction = record.correction.map { text($0) }
        record.rubric = record.rubric.map { text($0) }
        record.queue = record.queue.map { text($0) }
        for index in record.dimensions.indices { record.dimensions[index].name = text(record.dimensions[index].name) }
        record.target =
            switch record.target {
            case .span, .trace: record.target
            case .triplet(let name, let span, let trace): .triplet(id(name), span: span, in: trace)
            case .approval(let name, let span, let trace): .approval(id(name), span: span, in: trace)
            case .sequence(let name, let trace): .sequence(id(name), in: trace)
            }
        return record
    }

    package func trace(_ summary: TraceSummary) -> TraceSummary {
        var summary = summary
        summary.name = id(summary.name)
        summary.source = text(summary.source)
        summary.root = text(summary.root)
        summary.title = text(summary.title)
        summary.service = text(summary.service)
        summary.agent = text(summary.agent)
        return summary
    }
}
