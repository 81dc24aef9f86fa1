package import TraceModel

/// What a span's body says beyond its name: agent, model, tool, what it is about and belongs to, and why it failed.
package struct SpanDetail: Sendable, Hashable {
    package var agent = ""
    package var model = ""
    package var tool = ""
    package var title = ""
    package var statusMessage = ""
    /// What the span belongs to together with others: a conversation, a task, a sequence of steps.
    package var session = ""
    package var task = ""
    package var sequence = ""
    /// Of the tokens that went in, those that the provider had at hand.
    package var tokensCached = 0

    package init() {}

    package init(_ body: SpanBody) {
        var ranks: [AttributeMeaning: UInt8] = [:]
        for attribute in body.attributes {
            for known in AttributeMeaning.ranked[attribute.key] ?? [] where known.rank > ranks[known.meaning] ?? 0 {
                if take(attribute.value, as: known.meaning) { ranks[known.meaning] = known.rank }
            }
        }
        statusMessage = String(body.statusMessage.prefix(200))
    }

    /// Whether the value says something of that kind.
    private mutating func take(_ value: AttributeValue, as meaning: AttributeMeaning) -> Bool {
        if meaning == .tokensCached {
            guard let count = Self.count(value) else { return false }
            tokensCached = count
            return true
        }
        guard case .string(let whole) = value, !whole.isEmpty else { return false }
        let text = String(whole.prefix(200))
        switch meaning {
        case .agent: agent = text
        case .model: model = text
        case .tool: tool = text
        case .title: title = text
        case .session: session = text
        case .task: task = text
        case .sequence: sequence = text
        default: return false
        }
        return true
    }

    /// In the order that a reader wants them, without what the name says already.
    package func words(besides name: String) -> [String] {
        var words: [String] = []
        for text in [tool, model, agent, title] where !text.isEmpty && !words.contains(text) && !name.contains(text) {
            words.append(text)
        }
        return words
    }

    private static func count(_ value: AttributeValue) -> Int? {
        switch value {
        case .int(let number): number >= 0 ? Int(number) : nil
        case .double(let number): number >= 0 && number < 1e15 ? Int(number) : nil
        case .string(let text): Int(text).flatMap { $0 >= 0 ? $0 : nil }
        default: nil
        }
    }
}
