package import TraceModel

/// The few words that stand behind a span's name in a tree: its model, its tool, what it is about, why it failed.
package struct SpanDetail: Sendable, Hashable {
    package var agent = ""
    package var model = ""
    package var tool = ""
    package var title = ""
    package var statusMessage = ""

    package init() {}

    package init(_ body: SpanBody) {
        for meaning in [AttributeMeaning.agent, .model, .tool, .title] {
            let text = Self.text(meaning, in: body.attributes)
            switch meaning {
            case .agent: agent = text
            case .model: model = text
            case .tool: tool = text
            default: title = text
            }
        }
        statusMessage = String(body.statusMessage.prefix(200))
    }

    /// In the order that a reader wants them, without what the name says already.
    package func words(besides name: String) -> [String] {
        var words: [String] = []
        for text in [tool, model, agent, title] where !text.isEmpty && !words.contains(text) && !name.contains(text) {
            words.append(text)
        }
        return words
    }

    private static func text(_ meaning: AttributeMeaning, in attributes: [Attribute]) -> String {
        for known in AttributeMeaning.keys where known.meaning == meaning {
            for attribute in attributes where attribute.key == known.key {
                if case .string(let text) = attribute.value, !text.isEmpty { return String(text.prefix(200)) }
            }
        }
        return ""
    }
}
