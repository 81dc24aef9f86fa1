import TraceModel

/// Who handed over to whom: handoffs name agents, and an agent's span comes only when it ends.
struct OpenAIAgentsHandoffs {
    private struct Agent {
        var name: String
        var id: SpanID
        var start: Int64
        var place: RecordPlace
    }

    private struct Handoff {
        var from: String
        var to: String
        var above: SpanID
        var time: Int64
    }

    private var agents: [TraceID: [Agent]] = [:]
    private var open: [TraceID: [Handoff]] = [:]

    mutating func take(agent span: SpanBody, at place: RecordPlace) {
        agents[span.traceID, default: []].append(
            Agent(name: span.name, id: span.spanID, start: span.start, place: place.remembered))
    }

    mutating func take(handoff span: SpanBody, from: String?, to: String?) {
        guard let to else { return }
        open[span.traceID, default: []].append(
            Handoff(from: from ?? "", to: to, above: span.parentID, time: span.start))
    }

    mutating func join(_ later: OpenAIAgentsHandoffs) {
        agents.merge(later.agents) { $0 + $1 }
        open.merge(later.open) { $0 + $1 }
    }

    /// Links agents to those that handed over to them, as far as both are known. What is open waits for more.
    mutating func tell(into output: inout TranslationOutput) {
        for (trace, handoffs) in open.sorted(by: { $0.key < $1.key }) {
            let agents = agents[trace] ?? []
            open[trace] = handoffs.filter { handoff in
                let later = agents.filter { $0.name == handoff.to && $0.start >= handoff.time }
                guard let taker = later.min(by: { $0.start < $1.start }) else { return true }
                let earlier = agents.filter { $0.name == handoff.from && $0.start <= handoff.time }
                let giver = earlier.max { $0.start < $1.start }?.id ?? handoff.above
                let body = SpanBody(traceID: trace, spanID: taker.id, name: "", start: 0, end: 0)
                var span = TranslatedSpan(body, from: taker.place)
                span.isPiece = true
                span.link(to: giver, in: trace, .handoff, label: handoff.from)
                output.add(span)
                return false
            }
        }
        open = open.filter { !$0.value.isEmpty }
    }
}
