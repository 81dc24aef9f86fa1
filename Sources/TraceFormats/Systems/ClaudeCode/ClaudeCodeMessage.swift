import TraceModel

/// A message of the model's: a line a block of it.
struct ClaudeCodeMessage {
    /// Where it begins.
    let place: ByteRange
    /// All but its blocks, its inputs, and what each line says anew of the whole message: the last says it right.
    private(set) var span: TranslatedSpan
    private let inputs: [AttributeValue]
    private var parts: [AttributeValue] = []
    private var usage: Usage?
    private var reason: String?
    private var cost: Double?
    /// All of it was handed over.
    private var isTold = false

    init(_ span: TranslatedSpan, at place: ByteRange, inputs: [AttributeValue]) {
        self.place = place
        self.span = span
        self.inputs = inputs
    }

    /// More of it stands in another record.
    mutating func goOn(at place: RecordPlace) {
        span.origins.append(place.bytes)
        span.reach?.extend(to: place.bytes)
    }

    mutating func take(_ line: ClaudeCodeLine, at time: Int64) {
        isTold = false
        span.body.end = max(time, span.body.start)
        if !span.isBrief { parts += Self.parts(of: line.message) }
        if let usage = Usage(line.said[.usage], isBrief: span.isBrief) { self.usage = usage }
        if !span.isBrief { reason = line.said[.stop].filled ?? reason }
        cost = cost ?? line.fields[.cost].double
        if line.fields[.isFailure].bool == true { span.fail(line.text) }
    }

    /// What is known of it, where that was not handed over yet.
    mutating func tell() -> TranslatedSpan? {
        if isTold { return nil }
        isTold = true
        var span = span
        usage?.set(on: &span)
        if let reason { span.set("gen_ai.response.finish_reasons", .array([.string(reason)])) }
        span.set("gen_ai.usage.cost", cost)
        if !inputs.isEmpty { span.set("gen_ai.input.messages", .array(inputs)) }
        if !parts.isEmpty { span.set("gen_ai.output.messages", .array([MessageParts.message("assistant", parts)])) }
        return span
    }

    private static func parts(of message: JSONView) -> [AttributeValue] {
        ProviderMessages.output(message).flatMap { said -> [AttributeValue] in
            guard case .map(let fields) = said,
                case .array(let parts)? = fields.first(where: { $0.key == "parts" })?.value
            else { return [] }
            return parts
        }
    }

    private struct Usage {
        private enum Field: Int, RecordField {
            case sent, answered, read, made

            static let table = FieldTable<Field>()

            var names: [StaticString] {
                switch self {
                case .sent: ["input_tokens"]
                case .answered: ["output_tokens"]
                case .read: ["cache_read_input_tokens"]
                case .made: ["cache_creation_input_tokens"]
                }
            }
        }

        private let sent: Int64?
        private let answered: Int64?
        private let read: Int64
        private let made: Int64
        private let whole: AttributeValue?

        init?(_ usage: JSONView, isBrief: Bool) {
            guard usage.kind == .object else { return nil }
            let fields = Field.table.pick(from: usage)
            read = max(0, fields[.read].integer ?? 0)
            made = max(0, fields[.made].integer ?? 0)
            // OpenTelemetry counts all that was sent; Anthropic counts what was cached apart.
            sent = fields[.sent].integer.map { [read, made] in max(0, $0) &+ read &+ made }
            answered = fields[.answered].integer
            whole = isBrief ? nil : usage.attribute
        }

        func set(on span: inout TranslatedSpan) {
            span.set("gen_ai.usage.input_tokens", sent)
            span.set("gen_ai.usage.output_tokens", answered)
            if read > 0 { span.set("gen_ai.usage.cache_read.input_tokens", read) }
            if made > 0 { span.set("gen_ai.usage.cache_creation.input_tokens", made) }
            span.set("claude.usage", whole)
        }
    }
}
