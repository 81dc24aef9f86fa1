package import TraceModel

/// What a span has to say for a digest: so little of its body that those of a whole trace can be held at once.
package struct DigestSpan: Sendable {
    /// What it was asked to do, and what it answered.
    private(set) var request: String?
    package private(set) var answer: String?
    private(set) var failure: String?
    /// What was done, where its source tells that apart from what came of it.
    private(set) var action: String?
    private(set) var title: String?
    /// Its short name in its plan.
    private(set) var label: String?
    /// Whether its source calls it a part of a plan.
    private(set) var isPlanned: Bool
    /// What came out of it, on one line.
    private(set) var line: String

    /// So much of a text is kept: more than any screen holds.
    private static let longest = 20_000

    /// `parsed` has the strings of the span that are JSON, taken apart.
    package init(_ body: SpanBody, _ parsed: [String: AttributeValue]) {
        let exchange = SpanExchange(body)
        let conversation = Conversation(body, parsed: parsed)
        let kind = body.attributes.text(SpanVocabulary.nodeKind).flatMap { SpanVocabulary.NodeKind(rawValue: $0) }
        isPlanned = kind.map { $0 != .mission } ?? false
        label = body.attributes.text(SpanVocabulary.nodeLabel)
        let detail = SpanDetail(body)
        title = detail.title.isEmpty ? nil : detail.title
        let asked = conversation.messages.first { $0.role == "user" && !$0.isOutput }?.text
        let answered = conversation.messages.last { $0.isOutput }?.text
        request = Self.first(asked, Self.plain(exchange.input, parsed))
        // A title is cut where it is long, and then the input says the same in full.
        if let title, title.utf8.count < 200, asked == nil, !title.hasPrefix("{"), !title.hasPrefix("[") {
            request = title
        }
        answer = Self.first(answered, Self.plain(exchange.output, parsed))
        let thrown = body.events.last { $0.name == "exception" }?.attributes.value("exception.message")?.text
        failure = Self.first(
            body.status == .error ? body.statusMessage : nil, thrown, Self.plain(exchange.error, parsed))
        action = Self.first(Self.plain(exchange.action, parsed))
        let came = Self.first(body.status == .error ? failure : nil, answer, action, title)
        line = Self.oneLine(came ?? "")
    }

    /// The first of some texts that says anything.
    private static func first(_ texts: String?...) -> String? {
        texts.lazy.compactMap { $0 }.first { $0.contains { !$0.isWhitespace } }.map { String($0.prefix(longest)) }
    }

    /// What frameworks wrap a text in.
    private static let wrappers = [
        "content", "text", "output", "answer", "response", "result", "summary", "message", "input", "query", "question",
        "task", "goal", "prompt",
    ]

    /// A value as one would read it out; of a text that frameworks wrapped in JSON, the text.
    private static func plain(_ value: AttributeValue?, _ parsed: [String: AttributeValue]) -> String? {
        guard let value else { return nil }
        var inner = value
        if case .string(let text) = value, let opened = parsed[text] { inner = opened }
        if case .array(let elements) = inner, elements.count == 1 { inner = elements[0] }
        if case .map(let fields) = inner {
            for key in wrappers {
                if case .string(let text)? = fields.first(where: { $0.key == key })?.value, !text.isEmpty {
                    return text
                }
            }
        }
        return value.text
    }

    /// Without line ends and runs of blanks, and short enough for any screen.
    static func oneLine(_ text: String) -> String {
        var line = ""
        var isBlank = false
        for character in text.prefix(2_000) {
            if character.isWhitespace {
                isBlank = !line.isEmpty
                continue
            }
            if isBlank { line.append(" ") }
            isBlank = false
            line.append(character)
        }
        return String(line.prefix(400))
    }
}
