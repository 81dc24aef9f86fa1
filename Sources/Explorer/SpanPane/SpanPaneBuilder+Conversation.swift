import Cells
import TraceAnalysis
import TraceModel

extension SpanPaneBuilder {
    /// A conversation: a row a message, what it says under it, each tool's result under its call.
    mutating func add(_ conversation: Conversation) {
        for message in conversation.messages {
            let parts = message.parts.filter { part in
                if case .toolResult(let id, _) = part { !conversation.hasCall(id) } else { true }
            }
            guard !parts.isEmpty else { continue }
            if parts.count == 1, case .text(let text) = parts[0] {
                addText(text, of: message)
            } else {
                add(
                    .heading, key: mark(of: message), text: "", role: role(of: message),
                    value: .string(message.text)
                ) { builder in
                    for part in parts { builder.add(part, of: message, in: conversation) }
                }
            }
        }
    }

    /// `▸ user`, and of what the model answered `◂ assistant`.
    func mark(of message: Conversation.Message) -> String {
        message.isOutput ? "\(message.role) ◂" : message.role
    }

    func role(of message: Conversation.Message) -> Role {
        switch message.role {
        case "system", "developer": .textDim
        case "assistant", "model": .spanModel
        case "tool", "function": .spanTool
        default: .value
        }
    }

    private mutating func addText(_ text: String, of message: Conversation.Message) {
        let room = width - 2 - message.role.count - 6
        let isShort = text.utf8.count <= max(8, room) && !text.utf8.contains(10)
        guard !isShort else {
            add(.heading, key: mark(of: message), text: text, role: role(of: message), value: .string(text))
            return
        }
        // What a model is told each time anew is folded, what was said stands open.
        let (role, key) = (role(of: message), mark(of: message))
        let isOpen = message.role != "system" && text.utf8.count < 4_000
        add(
            .heading, key: key, text: Self.firstLine(text), role: role, value: .string(text),
            startsOpen: isOpen
        ) {
            $0.addText(text, role: role)
        }
    }

    private mutating func add(
        _ part: Conversation.Part, of message: Conversation.Message, in conversation: Conversation
    ) {
        switch part {
        case .text(let text):
            if text.utf8.contains(10) || text.utf8.count > width - 10 {
                addText(text, role: role(of: message))
            } else {
                add(.text, key: "", text: text, role: role(of: message), value: .string(text))
            }
        case .reasoning(let text):
            add(
                .attribute, key: "reasoning", text: Self.firstLine(text), role: .textDim, value: .string(text),
                startsOpen: false
            ) { $0.addText(text, role: .textDim) }
        case .toolCall(let id, let name, let arguments):
            add(.attribute, key: "⚒ \(name)", text: arguments.summary, role: .spanTool, value: arguments) { builder in
                builder.addValue(arguments)
                if let result = conversation.result(of: id) { builder.addResult(result) }
            }
        case .toolResult(_, let result): addResult(result)
        case .blob(let kind, let name):
            add(.attribute, key: kind, text: name, role: .link, value: .string(name))
        }
    }

    private mutating func addResult(_ result: AttributeValue) {
        add(.attribute, "result", result, startsOpen: true)
    }

    private mutating func addValue(_ value: AttributeValue) {
        switch value {
        case .map(let fields): add(fields)
        case .array(let elements):
            for (index, element) in elements.enumerated() { add(.attribute, "\(index)", element) }
        case .empty: break
        default: add(.attribute, "arguments", value)
        }
    }

    /// What went in and what came out.
    mutating func add(_ exchange: SpanExchange) {
        if let input = exchange.input { add(.attribute, "input", input, startsOpen: true) }
        if let output = exchange.output { add(.attribute, "output", output, startsOpen: true) }
        if let error = exchange.error { add(.attribute, "error", error, startsOpen: true) }
    }

    /// The state that a step was taken in, and the step.
    mutating func addState(_ exchange: SpanExchange) {
        if let state = exchange.state { add(.attribute, "state", state, startsOpen: true) }
        addStep(exchange)
    }

    /// What was done, and what that was worth.
    mutating func addStep(_ exchange: SpanExchange) {
        if let action = exchange.action { add(.attribute, "action", action, startsOpen: true) }
        if let reward = exchange.reward { add(.attribute, "reward", reward, startsOpen: true) }
    }

    static func firstLine(_ text: String) -> String { String(text.prefix(400).prefix { !$0.isNewline }) + " …" }
}
