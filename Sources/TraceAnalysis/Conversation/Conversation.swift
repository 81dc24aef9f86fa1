package import TraceModel

/// What was said around a span: the messages that a model was sent and those it answered, whatever the convention.
package struct Conversation: Sendable, Hashable {
    package struct Message: Sendable, Hashable {
        /// `system`, `user`, `assistant`, `tool`, or whatever the source says.
        package var role: String
        package var parts: [Part]
        /// Whether the model said it here, rather than being sent it.
        package var isOutput: Bool

        package init(role: String, parts: [Part], isOutput: Bool) {
            self.role = role
            self.parts = parts
            self.isOutput = isOutput
        }
    }

    package enum Part: Sendable, Hashable {
        case text(String)
        case reasoning(String)
        case toolCall(id: String, name: String, arguments: AttributeValue)
        case toolResult(id: String, result: AttributeValue)
        /// An image, a file, a sound, by its kind and what names it.
        case blob(kind: String, name: String)
    }

    package var messages: [Message] = []

    package init() {}

    /// `parsed` has the strings of the span that are JSON, taken apart.
    package init(_ body: SpanBody, parsed: [String: AttributeValue] = [:]) {
        let reader = ConversationReader(body, parsed)
        messages = reader.messages()
    }

    package var isEmpty: Bool { messages.isEmpty }

    /// The result of a tool's call, wherever it stands.
    package func result(of call: String) -> AttributeValue? {
        guard !call.isEmpty else { return nil }
        for message in messages {
            for case .toolResult(call, let result) in message.parts { return result }
        }
        return nil
    }

    /// Whether a result's call stands here, so that the result is shown beside it.
    package func hasCall(_ id: String) -> Bool {
        !id.isEmpty
            && messages.contains { message in
                message.parts.contains { if case .toolCall(id, _, _) = $0 { true } else { false } }
            }
    }
}

extension Conversation.Message {
    /// All of it as one text: for copying, and to be compared.
    package var text: String {
        parts.map { part in
            switch part {
            case .text(let text), .reasoning(let text): text
            case .toolCall(_, let name, let arguments): "\(name)(\(arguments.text))"
            case .toolResult(_, let result): result.text
            case .blob(_, let name): name
            }
        }.joined(separator: "\n")
    }
}
