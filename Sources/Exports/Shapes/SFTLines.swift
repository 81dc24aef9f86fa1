import TraceFormats
import TraceModel

/// What to imitate: approved answers, and answers as somebody corrected them.
enum SFTLines {
    static func line(_ item: JudgedItem, _ options: ExportOptions) throws(LeftOut) -> [UInt8] {
        let correction = item.record?.correction
        guard correction != nil || item.isApproved(options.threshold) == true else { throw .notApproved }
        guard let dialogue = item.dialogue else { throw .noMessages }
        let tools = ToolDefinitions.all(in: item.span)
        var writer = JSONWriter()
        writer.object { writer in
            writer.messages("messages", dialogue.prompt + dialogue.corrected(correction))
            if !tools.isEmpty {
                writer.key("tools")
                writer.value(.array(tools))
            }
            item.writeMetadata(onto: &writer)
        }
        return writer.bytes
    }
}
