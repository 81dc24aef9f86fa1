import TraceAnalysis
import TraceFormats
import TraceModel

/// A message as chat models take it: OpenAI's form, which trainers read as well.
struct ChatMessage: Hashable {
    struct Call: Hashable {
        var id: String
        var name: String
        /// JSON.
        var arguments: String
    }

    /// `system`, `user`, `assistant`, `tool`, or what the source says.
    var role: String
    var content: String
    var reasoning = ""
    var calls: [Call] = []
    /// Of a tool's answer, the call that it answers.
    var callID: String?

    init(role: String, content: String) {
        self.role = role
        self.content = content
    }

    /// A message of a conversation; what tools answered is a message each.
    static func all(of message: Conversation.Message) -> [ChatMessage] {
        var texts: [String] = []
        var main = ChatMessage(role: role(message.role), content: "")
        var answers: [ChatMessage] = []
        for part in message.parts {
            switch part {
            case .text(let text): texts.append(text)
            case .reasoning(let text): main.reasoning += main.reasoning.isEmpty ? text : "\n" + text
            case .toolCall(let id, let name, let arguments):
                main.calls.append(Call(id: id, name: name, arguments: json(arguments)))
            case .toolResult(let id, let result):
                var answer = ChatMessage(role: "tool", content: plain(result))
                answer.callID = id
                answers.append(answer)
            case .blob(let kind, let name): texts.append("[\(kind)\(name.isEmpty ? "" : ": \(name)")]")
            }
        }
        main.content = texts.joined(separator: "\n")
        let isEmpty = texts.isEmpty && main.calls.isEmpty && main.reasoning.isEmpty
        return answers + (isEmpty ? [] : [main])
    }

    private static func role(_ word: String) -> String {
        switch word.lowercased() {
        case "model", "ai", "assistant", "bot": "assistant"
        case "human", "user": "user"
        case "function", "tool": "tool"
        default: word
        }
    }

    /// A text as it is, anything else as JSON.
    static func plain(_ value: AttributeValue) -> String {
        switch value {
        case .string(let text): text
        case .empty: ""
        default: json(value)
        }
    }

    private static func json(_ value: AttributeValue) -> String {
        switch value {
        case .string(let text): return text
        case .empty: return "{}"
        default: break
        }
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }

    /// Whether reasoning is told depends on who reads: not all know the field.
    func write(onto writer: inout JSONWriter, hasReasoning: Bool = true) {
        writer.object { writer in
            writer.field("role", role)
            writer.field("content", content)
            if hasReasoning, !reasoning.isEmpty { writer.field("reasoning_content", reasoning) }
            if !calls.isEmpty {
                writer.key("tool_calls")
                writer.array { writer in
                    for call in calls {
                        writer.object { writer in
                            writer.field("id", call.id)
                            writer.field("type", "function")
                            writer.key("function")
                            writer.object { writer in
                                writer.field("name", call.name)
                                writer.field("arguments", call.arguments)
                            }
                        }
                    }
                }
            }
            if let callID { writer.field("tool_call_id", callID) }
        }
    }

    /// On lines of text, for those who take no messages.
    var text: String {
        let lines = (content.isEmpty ? [] : [content]) + calls.map { "\($0.name)(\($0.arguments))" }
        return lines.joined(separator: "\n")
    }
}

extension JSONWriter {
    mutating func messages(_ key: String, _ messages: [ChatMessage], hasReasoning: Bool = true) {
        self.key(key)
        array { writer in for message in messages { message.write(onto: &writer, hasReasoning: hasReasoning) } }
    }
}
