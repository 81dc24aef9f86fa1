import TraceAnalysis
import TraceFormats
import TraceModel

/// TRL's stepwise supervision: a verdict a step. A sequence goes as far as its steps are judged without a gap, since a step
/// is learned with all that came before it.
struct SequenceExporter: TraceExporter {
    private let options: ExportOptions

    init(_ options: ExportOptions) {
        self.options = options
    }

    mutating func take(_ trace: JudgedTrace, into output: inout ExportOutput) {
        output.tally.take(trace)
        for sequence in trace.sequences { take(sequence, into: &output) }
    }

    private func take(_ sequence: JudgedSequence, into output: inout ExportOutput) {
        let judged = sequence.steps.count { $0.value != nil }
        output.tally.judge(judged)
        var completions: [String] = []
        var labels: [Bool] = []
        var rewards: [String?] = []
        for step in sequence.steps {
            guard let value = step.value, let text = Self.text(of: step),
                let label = JudgedItem.isApproved(step.verdict, value, options.threshold)
            else { break }
            completions.append(text)
            labels.append(label)
            rewards.append(step.record.map { "\($0)" })
        }
        output.tally.leaveOut("a step before is not judged, is undecided or says nothing", judged - labels.count)
        guard let first = sequence.steps.first, !labels.isEmpty else { return }
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("prompt", prompt(of: sequence, first))
            writer.key("completions")
            writer.array { writer in for completion in completions { writer.string(completion) } }
            writer.key("labels")
            writer.array { writer in for label in labels { writer.bool(label) } }
            writer.key("metadata")
            writer.object { writer in
                writer.field("trace_id", sequence.trace.givenID)
                writer.field("sequence_id", sequence.id)
                writer.field("steps", Int64(sequence.steps.count))
                writer.key("reward_ids")
                writer.array { writer in
                    for reward in rewards { if let reward { writer.string(reward) } else { writer.null() } }
                }
            }
        }
        output.line(writer.bytes)
    }

    /// What the first step was asked; else what the trace is about; else the state that it began in.
    private func prompt(of sequence: JudgedSequence, _ first: JudgedSequence.Step) -> String {
        if let dialogue = Dialogue(first.span, first.category) { return Dialogue.text(dialogue.prompt) }
        if !sequence.trace.title.isEmpty { return sequence.trace.title }
        return SpanExchange(first.span).state.map { ChatMessage.plain($0) } ?? sequence.trace.root
    }

    /// What a step did.
    private static func text(of step: JudgedSequence.Step) -> String? {
        if let dialogue = Dialogue(step.span, step.category) { return Dialogue.text(dialogue.completion) }
        let exchange = SpanExchange(step.span)
        if let action = exchange.action { return ChatMessage.plain(action) }
        guard step.category == .tool, exchange.hasExchange else { return exchange.output.map { ChatMessage.plain($0) } }
        let input = exchange.input.map { ChatMessage.plain($0) } ?? ""
        let output = exchange.output.map { " → " + ChatMessage.plain($0) } ?? ""
        let tool = SpanDetail(step.span).tool
        return "\(tool.isEmpty ? step.span.name : tool)(\(input))\(output)"
    }
}
