import TraceModel

/// Makes the spans of a session, and their ids.
struct ClaudeCodeSpans {
    let name: String
    let trace: TraceID
    let root: SpanID
    private let messages: DerivedID.Words
    private let uses: DerivedID.Words

    init(_ name: String) {
        self.name = name
        trace = DerivedID.trace(name, in: "claude-code")
        root = DerivedID.span("claude session \(name)")
        messages = "claude message \(name) "
        uses = "claude tool \(name) "
    }

    func message(_ id: FieldText) -> SpanID { messages.span(with: id) }

    func use(_ id: FieldText) -> SpanID { uses.span(with: id) }

    func turn(_ id: String) -> SpanID { DerivedID.span("claude turn \(name) \(id)") }

    /// An agent that the lines name, or else the first of its lines.
    func agent(_ id: String) -> SpanID { DerivedID.span("claude agent \(name) \(id)") }

    /// A part of what is known of a span.
    func piece(
        _ id: SpanID, named name: String = "", parent: SpanID = SpanID(0), start: Int64 = 0, end: Int64 = 0,
        at place: RecordPlace
    ) -> TranslatedSpan {
        var span = TranslatedSpan(
            pieceOf: id, in: trace, parent: parent, name: name, start: start, end: end,
            service: name.isEmpty ? nil : "claude-code", at: place)
        if name.isEmpty { span.body.kind = .unspecified } else { span.set("session.id", self.name) }
        return span
    }
}
