import TraceAnalysis
import TraceFormats
import TraceModel

/// verl's rows: a prompt, and the answer that a rule may compare with. A rejected answer is none, unless somebody said what
/// is right.
enum VerlLines {
    static func line(_ item: JudgedItem, _ options: ExportOptions) throws(LeftOut) -> [UInt8] {
        let correction = item.record?.correction
        guard correction != nil || item.isApproved(options.threshold) == true else { throw .noTruth }
        guard let dialogue = item.dialogue else { throw .noMessages }
        let agent = SpanDetail(item.span).agent
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("data_source", item.trace.service.isEmpty ? item.trace.format : item.trace.service)
            writer.messages("prompt", dialogue.prompt, hasReasoning: false)
            writer.field("ability", agent.isEmpty ? "agent" : agent)
            writer.key("reward_model")
            writer.object { writer in
                writer.field("style", "rule")
                writer.field("ground_truth", Dialogue.text(dialogue.corrected(correction)))
            }
            writer.key("extra_info")
            writer.object { writer in
                writer.field("response", Dialogue.text(dialogue.completion))
                writer.key("reward")
                writer.double(item.value)
                item.fields(&writer)
            }
        }
        return writer.bytes
    }
}
