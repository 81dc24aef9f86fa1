import TraceAnalysis
import TraceFormats
import TraceModel

/// What reinforcement learning takes: what a step saw, what it did, and the reward.
enum TripletLines {
    static func line(_ item: JudgedItem, _ options: ExportOptions) throws(LeftOut) -> [UInt8] {
        let dialogue = item.dialogue
        let exchange = SpanExchange(item.span)
        guard dialogue != nil || exchange.hasState else { throw .nothingSaid }
        var writer = JSONWriter()
        writer.object { writer in
            if let dialogue {
                writer.messages("prompt", dialogue.prompt)
                writer.messages("response", dialogue.completion)
            } else {
                for key in ["prompt", "response"] {
                    writer.key(key)
                    writer.null()
                }
            }
            write("state", exchange.state, &writer)
            write("action", exchange.action, &writer)
            writer.key("reward")
            writer.double(item.value)
            item.writeMetadata(onto: &writer)
        }
        return writer.bytes
    }

    /// JSON in a string is told as JSON.
    private static func write(_ key: String, _ value: AttributeValue?, _ writer: inout JSONWriter) {
        writer.key(key)
        if case .string(let text) = value, let inner = JSONText.container(text) {
            writer.value(inner)
        } else {
            writer.value(value ?? .empty)
        }
    }
}
