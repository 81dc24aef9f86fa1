import TraceAnalysis
import TraceFormats
import TraceModel

/// What was asked, and what was answered: the messages that a model was sent and those it said, or the input and the output
/// of an agent.
struct Dialogue: Hashable {
    var prompt: [ChatMessage]
    var completion: [ChatMessage]

    /// Nothing where a question or an answer is missing, or of a tool, which answers nobody.
    init?(_ body: SpanBody, _ category: SpanCategory) {
        let conversation = Conversation(body, parsed: JSONText.containers(in: body))
        prompt = conversation.messages.filter { !$0.isOutput }.flatMap { ChatMessage.all(of: $0) }
        completion = conversation.messages.filter(\.isOutput).flatMap { ChatMessage.all(of: $0) }
        let exchange = SpanExchange(body)
        let answers = category != .tool && category != .retrieval
        if prompt.isEmpty, answers, let input = exchange.input {
            prompt = [ChatMessage(role: "user", content: ChatMessage.plain(input))]
        }
        if completion.isEmpty, answers, let output = exchange.output {
            completion = [ChatMessage(role: "assistant", content: ChatMessage.plain(output))]
        }
        // Where nobody says which messages are the answer, the last one of the model is.
        if completion.isEmpty, let last = prompt.last, last.role == "assistant" {
            completion = [last]
            prompt.removeLast()
        }
        completion.removeAll { $0.content.isEmpty && $0.calls.isEmpty }
        guard !prompt.isEmpty, !completion.isEmpty else { return nil }
    }

    /// The answer as a person would have had it.
    func corrected(_ text: String?) -> [ChatMessage] {
        text.map { [ChatMessage(role: "assistant", content: $0)] } ?? completion
    }

    static func text(_ messages: [ChatMessage]) -> String {
        messages.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
