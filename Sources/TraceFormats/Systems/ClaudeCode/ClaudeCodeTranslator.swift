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

    private var names = NumberedNames()
    private var sessions: [ClaudeCodeSession] = []
    /// The session that was met last, which lines without one are of.
    private var latest: Int?
    /// Titles stand before any line that says whose they are.
    private var title: String?
    private let modified: Int64

    init(modified: Int64) {
        self.modified = modified
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        var line = ClaudeCodeLine(record, at: place)
        guard line.type != nil else { return output.report("a line that does not say its type", at: place) }
        let title = line.isTitle ? line.fields[.title].filled : nil
        let named = line.fields[.session].filledText.map { number(of: $0, at: place) }
        guard let number = named ?? latest else {
            if line.kind == .summary { self.title = title ?? self.title }
            return
        }
        // Whose it is may be known only from before.
        if named == nil { line.place = place.remembered }
        if line.isTitle {
            if let title { sessions[number].title = title }
        } else {
            sessions[number].take(line, into: &output)
        }
    }

    private mutating func number(of name: FieldText, at place: RecordPlace) -> Int {
        let number = names.number(of: name)
        if number == sessions.count {
            sessions.append(ClaudeCodeSession(name.string, modified: modified, title: title, at: place))
            latest = number
        }
        return number
    }

    mutating func finish(into output: inout TranslationOutput) {
        for number in sessions.indices { sessions[number].finish(into: &output) }
    }
}
