import TraceModel

/// Claude Code's sessions: a line a message, of the main conversation or of an agent that a tool started, in chains that
/// branch where somebody went back.
///
/// A session is a trace. Its turns begin with what a person said; in a turn stand the model's messages and the uses of
/// tools; an agent stands under the use that started it, whichever file its lines are in.
struct ClaudeCodeTranslator: TraceTranslator {
    static let format = ForeignFormat(.claudeCode, .lines, records: .inOrder) { value in
        guard value["type"].kind == .string else { return false }
        if value["sessionId"].kind == .string, value["uuid"].exists || value["operation"].exists {
            return value["timestamp"].exists || value["message"].exists
        }
        return value["type"].string == "summary" && value["leafUuid"].exists
            || value["type"].string == "file-history-snapshot" && value["snapshot"].kind == .object
    } translator: {
        ClaudeCodeTranslator(modified: $0.modified)
    }

    private var sessions: [String: ClaudeCodeSession] = [:]
    private var order: [String] = []
    /// Titles stand before any line that says whose they are.
    private var title: String?
    private let modified: Int64

    init(modified: Int64) {
        self.modified = modified
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        guard let type = record["type"].filled else {
            return output.report("a line that does not say its type", at: place)
        }
        let title = record.first(of: "customTitle", "aiTitle", "summary").filled
        let given = record["sessionId"].filled
        // Whose it is may be known only from before.
        let place = given == nil ? place.remembered : place
        guard let name = given ?? order.last else {
            if type == "summary" { self.title = title ?? self.title }
            return
        }
        if sessions[name] == nil {
            sessions[name] = ClaudeCodeSession(name, modified: modified, title: self.title, at: place)
            order.append(name)
        }
        switch type {
        case "summary", "custom-title", "ai-title": if let title { sessions[name]?.title = title }
        default: sessions[name]?.take(record, type, at: place, into: &output)
        }
    }

    mutating func finish(into output: inout TranslationOutput) {
        for name in order { sessions[name]?.finish(into: &output) }
    }
}
