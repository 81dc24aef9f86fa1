import TraceModel

/// What must be remembered of a session while its lines come: where each message stands, and what is still open.
struct ClaudeCodeSession {
    let name: String
    let trace: TraceID
    var title: String?
    /// The session itself is the first.
    var strands: [ClaudeCodeStrand]
    /// The main conversation is the first.
    var lanes: [ClaudeCodeLane]
    /// Uses of tools that have no result yet.
    var tools: [String: ClaudeCodeToolUse] = [:]
    /// The strand of each message, by a hash of its id.
    private var places: [SpanID: Int] = [:]
    private var agents: [String: Int] = [:]
    private var turns = 0
    private var isRootTold = false
    private let first: RecordPlace
    var time: Int64

    init(_ name: String, modified: Int64, title: String?, at place: RecordPlace) {
        self.name = name
        self.title = title
        trace = DerivedID.trace(name, in: "claude-code")
        first = place.remembered
        time = modified
        let root = DerivedID.span("claude session \(name)")
        strands = [ClaudeCodeStrand(span: root, lane: 0, place: first)]
        lanes = [ClaudeCodeLane()]
    }

    mutating func take(_ record: JSONView, _ type: String, at place: RecordPlace, into output: inout TranslationOutput)
    {
        time = Timestamp.of(record["timestamp"], isUTC: true) ?? time
        let parent = record["parentUuid"].filled ?? record["logicalParentUuid"].filled
        let before = parent.flatMap { places[DerivedID.span(of: $0)] }
        let lane = lane(of: record, before, at: place, &output)
        if lane == 0, !isRootTold { tellRoot(record, at: place, &output) }
        let message = record["message"]
        switch type {
        case "user" where message.kind == .object:
            takeUser(record, before, parent == nil, lane, at: place, &output)
        case "assistant" where message.kind == .object: takeAssistant(record, before, lane, at: place, &output)
        case "user", "assistant": return output.report("a message without its content", at: place)
        default: takeOther(record, type, before ?? lanes[lane].strand, at: place, &output)
        }
        if let id = record["uuid"].filled {
            // What only accompanies a message stands where that one does.
            let isMessage = type == "user" || type == "assistant"
            places[DerivedID.span(of: id)] = isMessage ? lanes[lane].strand : before ?? lanes[lane].strand
        }
    }

    // MARK: Whose line it is

    /// The main conversation, or that of an agent, which is named or, in older files, only known by its chain.
    private mutating func lane(
        of record: JSONView, _ before: Int?, at place: RecordPlace, _ output: inout TranslationOutput
    ) -> Int {
        if let agent = record["agentId"].filled {
            if let known = agents[agent] { return known }
            let lane = addAgent(
                Self.agent(agent, name), "agent \(agent)", parent: SpanID(0), record, at: place, &output)
            agents[agent] = lane
            return lane
        }
        guard record["isSidechain"].bool == true else {
            return before.map { strands[$0].lane } ?? 0
        }
        if let before, strands[before].lane > 0 { return strands[before].lane }
        let text = Self.text(record["message"]["content"])
        let use = tools.values.first { $0.prompt == text }
        let id = DerivedID.span("claude agent \(name) \(record["uuid"].text ?? "")")
        return addAgent(
            id, use?.agent.map { "agent \($0)" } ?? "agent", parent: use?.span ?? strands[0].span, record, at: place,
            &output)
    }

    static func agent(_ id: String, _ session: String) -> SpanID { DerivedID.span("claude agent \(session) \(id)") }

    private mutating func addAgent(
        _ id: SpanID, _ name: String, parent: SpanID, _ record: JSONView, at place: RecordPlace,
        _ output: inout TranslationOutput
    ) -> Int {
        var lane = ClaudeCodeLane()
        lane.strand = strands.count
        strands.append(ClaudeCodeStrand(span: id, lane: lanes.count, place: place.remembered, time: time))
        lanes.append(lane)
        var span = piece(id, named: name, parent: parent, start: time, at: place)
        span.set(SpanVocabulary.traceID, self.name)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.id", record["agentId"])
        if !span.isBrief { span.set("input.value", Self.text(record["message"]["content"])) }
        setSurroundings(record, on: &span)
        output.add(span)
        return lanes.count - 1
    }

    // MARK: Turns

    private mutating func takeUser(
        _ record: JSONView, _ before: Int?, _ isFirst: Bool, _ lane: Int, at place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        let content = record["message"]["content"]
        let isPrompt = Self.isPrompt(record)
        if lane == 0 {
            if isPrompt {
                beginTurn(record, after: isFirst ? 0 : before ?? lanes[0].strand, at: place, &output)
            } else if let before {
                lanes[0].strand = before
            }
        }
        let strand = lanes[lane].strand
        let isResult = takeResults(of: record, in: strand, at: place, &output)
        if isResult || isPrompt {
            strands[strand].isSettled = false
        } else if Self.isLast(content) {
            strands[strand].isSettled = true
        }
        strands[strand].touch(time)
        lanes[lane].take(input: record["message"], time, at: place)
    }

    private mutating func beginTurn(
        _ record: JSONView, after former: Int, at place: RecordPlace, _ output: inout TranslationOutput
    ) {
        // A message is never answered by two: whoever says something else instead went back.
        let replaced = strands[former].later.filter { !strands[$0].isReplaced }
        let number = strands.count
        let id = DerivedID.span("claude turn \(name) \(record["uuid"].text ?? "\(place.bytes.offset)")")
        turns += 1
        if lanes[0].strand != 0 { tellEnd(of: lanes[0].strand, &output) }
        strands.append(ClaudeCodeStrand(span: id, lane: 0, place: place.remembered, time: time))
        strands[former].later.append(number)
        lanes[0].strand = number
        var span = piece(id, named: "turn \(turns)", parent: strands[0].span, start: time, at: place)
        span.set(SpanVocabulary.spanID, record["uuid"])
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.name", "Claude Code")
        if !span.isBrief { span.set("input.value", Self.text(record["message"]["content"])) }
        setSurroundings(record, on: &span)
        output.add(span)
        guard !replaced.isEmpty else { return }
        var branch = piece(id, at: place.remembered)
        for old in replaced { branch.link(to: strands[old].span, in: trace, .replaces) }
        branch.set("claude.branch_of", record["parentUuid"].text ?? name)
        output.add(branch)
        for old in replaced { markReplaced(old, at: place.remembered, &output) }
    }

    /// A turn that somebody went back from, and all that followed it.
    private mutating func markReplaced(_ number: Int, at place: RecordPlace, _ output: inout TranslationOutput) {
        var rest = [number]
        while let next = rest.popLast() {
            strands[next].isReplaced = true
            var span = piece(strands[next].span, at: place)
            span.set(SpanVocabulary.nodeState, SpanVocabulary.NodeState.replaced.rawValue)
            span.set("claude.rewound", .bool(true))
            output.add(span)
            rest += strands[next].later.filter { !strands[$0].isReplaced }
        }
    }

    /// Whether a person said it, rather than a tool, a hook or the program itself.
    private static func isPrompt(_ record: JSONView) -> Bool {
        guard record["isMeta"].bool != true, record["isCompactSummary"].bool != true,
            !record["message"]["content"].elements.contains(where: { $0["type"].string == "tool_result" })
        else { return false }
        return !isLast(record["message"]["content"])
    }

    /// The program's own answer, or the word that somebody stopped it: nothing more comes of it.
    private static func isLast(_ content: JSONView) -> Bool {
        let first = content.kind == .array ? firstText(content) : content
        if let isLast = first.withPlainString({ text -> Bool? in marks.contains { $0.isStart(of: text) } }) {
            return isLast
        }
        let text = first.string ?? ""
        return marks.contains { text.hasPrefix($0.description) }
    }

    private static let marks: [StaticString] = ["<local-command-", "[Request interrupted"]

    private static func firstText(_ content: JSONView) -> JSONView {
        for element in content.elements {
            let text = element.kind == .string ? element : element["text"]
            if text.kind == .string { return text }
        }
        return JSONDocument.nothing
    }

    static func text(_ content: JSONView) -> String {
        content.string
            ?? content.elements.compactMap { $0.string ?? $0["text"].string }.joined(separator: "\n")
    }

    // MARK: What is neither

    private mutating func takeOther(
        _ record: JSONView, _ type: String, _ strand: Int, at place: RecordPlace, _ output: inout TranslationOutput
    ) {
        // An agent that runs tells of itself: whose it is need not wait for its end.
        if let agent = record["data"]["agentId"].filled, let use = record["parentToolUseID"].filled {
            output.add(piece(Self.agent(agent, name), named: "agent \(agent)", parent: toolSpan(use), at: place))
        }
        let when = Timestamp.of(record["snapshot"]["timestamp"], isUTC: true) ?? time
        var log = LogRecord(traceID: trace, spanID: strands[strand].span, time: when)
        log.eventName = record["subtype"].filled ?? type
        if place.isBrief { return output.add(log, at: place) }
        log.severityText = record["level"].text ?? ""
        switch log.severityText {
        case "error": log.severityNumber = 17
        case "warning", "warn": log.severityNumber = 13
        case "": break
        default: log.severityNumber = 9
        }
        let body = record.first(of: "content", "data", "snapshot", "attachment", "operation")
        log.body = body.attribute
        for (key, value) in record.fields where value.exists && !Self.told.contains(key) {
            if value.range != body.range { log.attributes.append(Attribute(key, value.attribute)) }
        }
        output.add(log, at: place)
    }

    private static let told: Set<String> = ["sessionId", "timestamp", "type", "subtype", "level"]

    // MARK: Spans

    /// A part of what is known of a span of this session.
    func piece(
        _ id: SpanID, named name: String = "", parent: SpanID = SpanID(0), start: Int64 = 0, end: Int64 = 0,
        at place: RecordPlace
    ) -> TranslatedSpan {
        var body = SpanBody(traceID: trace, spanID: id, parentID: parent, name: name, start: start, end: end)
        if !name.isEmpty { body.kind = .internal }
        var span = TranslatedSpan(body, from: place)
        span.isPiece = true
        if !name.isEmpty {
            span.setService("claude-code")
            span.set("session.id", self.name)
        }
        return span
    }

    /// Where and by what a line was written, and whatever else it says.
    func setSurroundings(_ record: JSONView, on span: inout TranslatedSpan) {
        span.setRest(of: record, prefix: "claude.", except: Self.spoken)
    }

    private static let spoken: FieldNames = [
        "message", "uuid", "parentUuid", "timestamp", "sessionId", "type", "toolUseResult", "agentId",
    ]

    private mutating func tellRoot(_ record: JSONView, at place: RecordPlace, _ output: inout TranslationOutput) {
        isRootTold = true
        strands[0].touch(time)
        var root = piece(strands[0].span, named: "session", start: time, at: place)
        root.set(SpanVocabulary.traceID, name)
        root.set("gen_ai.operation.name", "invoke_agent")
        root.set("gen_ai.agent.name", "Claude Code")
        for key in ["cwd", "gitBranch", "version", "entrypoint", "userType"] as [StaticString] {
            root.set("claude.\(key)", record[key])
        }
        root.markInferred()
        output.add(root)
    }

    private mutating func tellEnd(of number: Int, _ output: inout TranslationOutput) {
        strands[0].touch(strands[number].last)
        guard strands[number].last > strands[number].told else { return }
        strands[number].told = strands[number].last
        output.add(piece(strands[number].span, end: strands[number].last, at: strands[number].place))
    }

    mutating func finish(into output: inout TranslationOutput) {
        for lane in lanes.indices {
            tellMessage(of: lane, &output)
            let strand = lanes[lane].strand
            // What waits for an answer runs.
            if strands[strand].isSettled { tellEnd(of: strand, &output) }
        }
        guard isRootTold else { return }
        var root = piece(
            strands[0].span, end: strands[lanes[0].strand].isSettled ? strands[0].last : 0, at: first)
        root.set("task.description", title)
        output.add(root)
    }
}
