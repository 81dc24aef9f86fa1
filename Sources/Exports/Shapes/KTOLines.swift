import TraceFormats

/// TRL's unpaired preferences: an answer, and whether it is wanted.
enum KTOLines {
    static func line(_ item: JudgedItem, _ options: ExportOptions) throws(LeftOut) -> [UInt8] {
        guard let label = item.isApproved(options.threshold) else { throw .undecided }
        guard let dialogue = item.dialogue else { throw .noMessages }
        var writer = JSONWriter()
        writer.object { writer in
            writer.messages("prompt", dialogue.prompt)
            writer.messages("completion", dialogue.completion)
            writer.key("label")
            writer.bool(label)
            item.writeMetadata(onto: &writer)
        }
        return writer.bytes
    }
}
