import TraceFormats
import TraceModel

/// Pairs as TRL and as OpenAI take them.
enum PreferenceLines {
    static func trl(
        _ prompt: [ChatMessage], _ chosen: PairExporter.Attempt, _ rejected: PairExporter.Attempt
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.messages("prompt", prompt)
            writer.messages("chosen", chosen.completion)
            writer.messages("rejected", rejected.completion)
            writer.key("metadata")
            writer.object { writer in
                for (key, attempt) in [("chosen", chosen), ("rejected", rejected)] {
                    writer.key(key)
                    writer.object { writer in
                        // What stands for a corrected answer nobody judged.
                        let isCorrection = key == "chosen" && chosen.item.span == rejected.item.span
                        writer.key("reward")
                        if isCorrection { writer.null() } else { writer.double(attempt.item.value) }
                        writer.key("is_correction")
                        writer.bool(isCorrection)
                        attempt.item.fields(&writer)
                    }
                }
            }
        }
        return writer.bytes
    }

    /// Nothing but what OpenAI lists: a line with other fields is refused there.
    static func openAI(
        _ prompt: [ChatMessage], _ chosen: PairExporter.Attempt, _ rejected: PairExporter.Attempt
    ) -> [UInt8] {
        let tools = ToolDefinitions.all(in: chosen.item.span)
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("input")
            writer.object { writer in
                writer.messages("messages", prompt, hasReasoning: false)
                if !tools.isEmpty {
                    writer.key("tools")
                    writer.value(.array(tools))
                }
            }
            writer.messages("preferred_output", chosen.completion, hasReasoning: false)
            writer.messages("non_preferred_output", rejected.completion, hasReasoning: false)
        }
        return writer.bytes
    }
}
