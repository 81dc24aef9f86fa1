import TraceFormats
import TraceModel

/// The tasks of a telemetry database, with their phases: derived from what is read of them, and handed over at the end.
struct ASPTasks {
    private struct Extent {
        var start: Int64 = 0
        var end: Int64 = 0

        mutating func take(_ start: Int64, _ end: Int64) {
            if start > 0 { self.start = self.start == 0 ? start : min(self.start, start) }
            self.end = max(self.end, end)
        }
    }

    private struct Phase: Hashable {
        var task: String
        var phase: ASPPhase
    }

    private var tasks: [String: Extent] = [:]
    private var order: [String] = []
    private var described: [String: TranslatedSpan] = [:]
    private var phases: [Phase: Extent] = [:]
    private var numbers: [String: Int] = [:]

    static func span(_ task: String, _ phase: ASPPhase) -> SpanID {
        DerivedID.span("asp telemetry phase \(task) \(phase.rawValue)")
    }

    /// Notes a task, and how far its time reaches.
    mutating func note(_ task: String, start: Int64, end: Int64) {
        if tasks[task] == nil { order.append(task) }
        tasks[task, default: Extent()].take(start, end)
    }

    mutating func note(_ phase: ASPPhase, of task: String) {
        phases[Phase(task: task, phase: phase), default: Extent()].take(0, 0)
    }

    mutating func describe(_ task: String, _ body: (inout TranslatedSpan) -> Void) {
        var span = root(task)
        body(&span)
        described[task] = span
    }

    private func root(_ task: String) -> TranslatedSpan {
        let body = SpanBody(
            traceID: TripletSequences.trace(of: task), spanID: TripletSequences.root(of: task), name: task, start: 0,
            end: 0)
        var span = TranslatedSpan(body)
        span.isPiece = true
        span.setService("asp")
        span.set(SpanVocabulary.traceID, task)
        span.set("task.id", task)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.mission.rawValue)
        return span
    }

    /// Adds a call of an agent, under its phase.
    mutating func add(_ call: ASPCalls.Call, to output: inout TranslationOutput) {
        let latency = call.figures["Latency"] ?? 0
        let start = max(0, call.end - Int64(max(0, min(latency, 1e12)) * 1e6))
        note(call.task, start: start, end: call.end)
        var parent = TripletSequences.root(of: call.task)
        if let phase = ASPPhase(role: call.role) {
            phases[Phase(task: call.task, phase: phase), default: Extent()].take(start, call.end)
            parent = Self.span(call.task, phase)
        }
        let name = call.function.isEmpty ? call.role : "\(call.role).\(call.function)"
        let number = numbers["\(call.task) \(name)", default: 0]
        numbers["\(call.task) \(name)"] = number + 1
        var body = SpanBody(
            traceID: TripletSequences.trace(of: call.task),
            spanID: DerivedID.span("asp call \(call.task) \(name) \(number)"), parentID: parent, name: name,
            start: start,
            end: call.end)
        body.kind = .client
        var span = TranslatedSpan(body, from: call.first)
        span.setService("asp")
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.name", call.role)
        span.set("task.id", call.task)
        span.set("gen_ai.request.model", call.model)
        span.set("gen_ai.provider.name", call.provider)
        for (metric, value) in call.figures.sorted(by: { $0.key < $1.key }) {
            switch metric {
            case "Latency": span.set("asp.latency_ms", value)
            case "Tokens_In": span.set("gen_ai.usage.input_tokens", Int64(clampingTo: value))
            case "Tokens_Out": span.set("gen_ai.usage.output_tokens", Int64(clampingTo: value))
            case "API_Cost": span.set("gen_ai.usage.cost", value)
            default: span.set("asp.\(metric.lowercased())", value)
            }
        }
        for (key, value) in call.others { span.set("asp.\(key)", value) }
        if call.isFailure {
            span.fail(call.error ?? "the call failed")
        } else {
            span.body.status = .ok
        }
        output.add(span)
    }

    /// Hands over every task and its phases.
    func finish(into output: inout TranslationOutput) {
        for task in order {
            let extent = tasks[task] ?? Extent()
            var root = described[task] ?? self.root(task)
            root.body.start = extent.start
            root.body.end =
                root.attributes.decoded.text(SpanVocabulary.nodeState) == SpanVocabulary.NodeState.running.rawValue
                ? 0 : extent.end
            output.add(root)
            var before: ASPPhase?
            for phase in ASPPhase.allCases {
                guard let extent = phases[Phase(task: task, phase: phase)] else { continue }
                var body = SpanBody(
                    traceID: root.body.traceID, spanID: Self.span(task, phase), parentID: root.body.spanID,
                    name: phase.rawValue, start: extent.start, end: max(extent.end, 1))
                body.kind = .internal
                var span = TranslatedSpan(body)
                span.markInferred()
                span.setService("asp")
                span.set("task.id", task)
                span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.phase.rawValue)
                if let before { span.link(to: Self.span(task, before), in: root.body.traceID, .order) }
                output.add(span)
                before = phase
            }
        }
    }
}

extension Int64 {
    fileprivate init(clampingTo value: Double) {
        self = value.isFinite ? Int64(Swift.max(0, Swift.min(value, 4e18))) : 0
    }
}
