import TraceModel

/// A line of a session, and what it says under which name.
struct ClaudeCodeLine {
    enum Field: Int, RecordField {
        case type, session, title, time, parent, logicalParent, id, message, agent, isAside, isMeta, isSummary, cost,
            isFailure, result, data, use, snapshot, subtype

        static let table = FieldTable<Field>()

        var names: [StaticString] {
            switch self {
            case .type: ["type"]
            case .session: ["sessionId"]
            case .title: ["customTitle", "aiTitle", "summary"]
            case .time: ["timestamp"]
            case .parent: ["parentUuid"]
            case .logicalParent: ["logicalParentUuid"]
            case .id: ["uuid"]
            case .message: ["message"]
            case .agent: ["agentId"]
            case .isAside: ["isSidechain"]
            case .isMeta: ["isMeta"]
            case .isSummary: ["isCompactSummary"]
            case .cost: ["costUSD"]
            case .isFailure: ["isApiErrorMessage"]
            case .result: ["toolUseResult"]
            case .data: ["data"]
            case .use: ["parentToolUseID"]
            case .snapshot: ["snapshot"]
            case .subtype: ["subtype"]
            }
        }
    }

    enum MessageField: Int, RecordField {
        case id, model, content, usage, stop

        static let table = FieldTable<MessageField>()

        var names: [StaticString] {
            switch self {
            case .id: ["id"]
            case .model: ["model"]
            case .content: ["content"]
            case .usage: ["usage"]
            case .stop: ["stop_reason"]
            }
        }
    }

    enum Kind {
        case user, assistant, summary, title, other
    }

    let record: JSONView
    var place: RecordPlace
    let fields: FieldTable<Field>.Picked
    /// What was said, of a line that says something.
    let said: FieldTable<MessageField>.Picked
    let kind: Kind

    init(_ record: JSONView, at place: RecordPlace) {
        self.record = record
        self.place = place
        fields = Field.table.pick(from: record)
        said = MessageField.table.pick(from: fields[.message])
        kind =
            switch fields[.type].string {
            case "user": .user
            case "assistant": .assistant
            case "summary": .summary
            case "custom-title", "ai-title": .title
            default: .other
            }
    }

    var type: FieldText? { fields[.type].filledText }

    var id: FieldText? { fields[.id].filledText }

    var message: JSONView { fields[.message] }

    var content: JSONView { said[.content] }

    /// The line that this one follows.
    var parent: FieldText? { fields[.parent].filledText ?? fields[.logicalParent].filledText }

    /// It says what the session is called, and nothing else.
    var isTitle: Bool { kind == .summary || kind == .title }

    var isMessage: Bool { kind == .user || kind == .assistant }

    /// Whether a person said it, rather than a tool, a hook or the program itself.
    var isPrompt: Bool {
        guard fields[.isMeta].bool != true, fields[.isSummary].bool != true,
            !content.elements.contains(where: { $0.isType("tool_result") })
        else { return false }
        return !isLast
    }

    /// The program's own answer, or the word that somebody stopped it: nothing more comes of it.
    var isLast: Bool {
        let first = content.kind == .array ? Self.firstText(content) : content
        if let isLast = first.withPlainString({ text -> Bool? in Self.marks.contains { $0.isStart(of: text) } }) {
            return isLast
        }
        let text = first.string ?? ""
        return Self.marks.contains { text.hasPrefix($0.description) }
    }

    private static let marks: [StaticString] = ["<local-command-", "[Request interrupted"]

    private static func firstText(_ content: JSONView) -> JSONView {
        for element in content.elements {
            let text = element.kind == .string ? element : element["text"]
            if text.kind == .string { return text }
        }
        return JSONDocument.nothing
    }

    /// What was said, without what is no text.
    var text: String { content.spoken }
}

extension JSONView {
    /// The texts of a message's content.
    var spoken: String {
        string ?? elements.compactMap { $0.string ?? $0["text"].string }.joined(separator: "\n")
    }

    /// Whether it is a block of a type.
    func isType(_ type: StaticString) -> Bool {
        self["type"].filledText.map { $0 == type } ?? false
    }
}
