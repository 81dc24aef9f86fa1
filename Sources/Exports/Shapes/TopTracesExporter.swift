import TraceAnalysis
import TraceFormats
import TraceModel

/// mhc-agentic's `top_traces.json`, from which prompts are optimised: calls as mhc keeps them, the best first. What it has
/// besides are the actions and the outcome.
struct TopTracesExporter: TraceExporter {
    private var found: [(value: Double, start: Int64, text: [UInt8])] = []

    init() {}

    mutating func take(_ trace: JudgedTrace, into output: inout ExportOutput) {
        output.tally.take(trace)
        for item in trace.items {
            guard let dialogue = item.dialogue else {
                output.tally.leaveOut(LeftOut.noMessages.rawValue)
                continue
            }
            output.tally.write()
            found.append((item.value, item.span.start, Self.text(item, dialogue)))
        }
    }

    /// Of equal rewards the earlier stands first.
    mutating func finish(into output: inout ExportOutput) {
        found.sort { $0.value == $1.value ? $0.start < $1.start : $0.value > $1.value }
        output.bytes += Array("[".utf8)
        for (place, entry) in found.enumerated() {
            output.bytes += Array(place == 0 ? "\n".utf8 : ",\n".utf8)
            output.bytes += entry.text
        }
        output.bytes += Array("\n]\n".utf8)
        found = []
    }

    private static func text(_ item: JudgedItem, _ dialogue: Dialogue) -> [UInt8] {
        let detail = SpanDetail(item.span)
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("trace_id", item.trace.givenID)
            writer.field("component", detail.agent.isEmpty ? item.span.name : detail.agent)
            writer.field("timestamp_start", Timestamp.text(item.span.start))
            // A prompt of one message is a text there.
            if dialogue.prompt.count == 1 {
                writer.field("prompt", dialogue.prompt[0].text)
            } else {
                writer.messages("prompt", dialogue.prompt, hasReasoning: false)
            }
            writer.messages("actions", dialogue.completion.filter { !$0.calls.isEmpty }, hasReasoning: false)
            writer.key("metadata")
            writer.object { item.fields(&$0) }
            writer.field("response", Dialogue.text(dialogue.completion))
            writer.field("outcome", outcome(item.span))
            writer.field("timestamp_end", Timestamp.text(max(item.span.end, item.span.start)))
            writer.key("latency_ms")
            writer.double(Double(max(0, item.span.end - item.span.start) / 1000) / 1000)
            writer.key("reward")
            writer.double(item.value)
        }
        return writer.bytes
    }

    private static func outcome(_ span: SpanBody) -> String {
        guard span.status == .error else { return "ok" }
        return span.statusMessage.isEmpty ? "error" : "error: \(span.statusMessage)"
    }
}
