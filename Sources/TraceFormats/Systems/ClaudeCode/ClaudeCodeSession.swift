import TraceModel

/// What must be remembered of a session while its lines come: where each message stands, and what is still open.
struct ClaudeCodeSession {
    let spans: ClaudeCodeSpans
    var title: String?
    /// The session itself is the first.
    var strands: [ClaudeCodeStrand]
    /// The main conversation is the first.
    var lanes: [ClaudeCodeLane]
    /// Uses of tools that have no result yet, by their spans.
    var tools: [SpanID: ClaudeCodeToolUse] = [:]
    var callNames = RepeatedNames(between: " ")
    var toolNames = RepeatedNames()
    /// The strand of each message, by a hash of its id.
    private var places: [SpanID: Int] = [:]
    private var agents: [String: Int] = [:]
    private var turns = 0
    private var isRootTold = false
    private let first: RecordPlace
    var time: Int64

    init(_ name: String, modified: Int64, title: String?, at place: RecordPlace) {
        spans = ClaudeCodeSpans(name)
        self.title = title
        first = place.remembered
        time = modified
        strands = [ClaudeCodeStrand(span: spans.root, lane: 0, place: first)]
        lanes = [ClaudeCodeLane()]
    }

    mutating func take(_ line: ClaudeCodeLine, into output: inout TranslationOutput) {
        time = Timestamp.of(line.fields[.time], isUTC: true) ?? time
        let parent = line.parent
        let before = parent.flatMap { places[DerivedID.span("\($0)")] }
        let lane = lane(of: line, before, &output)
        if lane == 0, !isRootTold { tellRoot(line, &output) }
        if line.isMessage, line.message.kind != .object {
            return output.report("a message without its content", at: line.place)
        }
        switch line.kind {
        case .user: takeUser(line, before, parent == nil, lane, &output)
        case .assistant: takeAssistant(line, before, lane, &output)
        default: takeOther(line, before ?? lanes[lane].strand, &output)
        }
        if let id = line.id {
            // What only accompanies a message stands where that one does.
            places[DerivedID.span("\(id)")] = line.isMessage ? lanes[lane].strand : before ?? lanes[lane].strand
        }
    }

    // MARK: Whose line it is

    /// The main conversation, or that of an agent, which is named or, in older files, only known by its chain.
    private mutating func lane(
        of line: ClaudeCodeLine, _ before: Int?, _ output: inout TranslationOutput
    ) -> Int {
        if let agent = line.fields[.agent].filled {
            if let known = agents[agent] { return known }
            let lane = addAgent(spans.agent(agent), "agent \(agent)", parent: SpanID(0), line, &output)
            agents[agent] = lane
            return lane
        }
        guard line.fields[.isAside].bool == true else {
            return before.map { strands[$0].lane } ?? 0
        }
        if let before, strands[before].lane > 0 { return strands[before].lane }
        let text = line.text
        let use = tools.filter { $0.value.prompt == text }.min { $0.key < $1.key }
        let id = spans.agent(line.fields[.id].text ?? "")
        return addAgent(
            id, use?.value.agent.map { "agent \($0)" } ?? "agent", parent: use?.key ?? strands[0].span, line, &output)
    }

    private mutating func addAgent(
        _ id: SpanID, _ name: String, parent: SpanID, _ line: ClaudeCodeLine, _ output: inout TranslationOutput
    ) -> Int {
        var lane = ClaudeCodeLane()
        lane.strand = strands.count
        strands.append(ClaudeCodeStrand(span: id, lane: lanes.count, place: line.place.remembered, time: time))
        lanes.append(lane)
        var span = spans.piece(id, named: name, parent: parent, start: time, at: line.place)
        span.set(SpanVocabulary.traceID, spans.name)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.id", line.fields[.agent])
        if !span.isBrief { span.set("input.value", line.text) }
        setSurroundings(line, on: &span)
        output.add(span)
        return lanes.count - 1
    }

    // MARK: Turns

    private mutating func takeUser(
        _ line: ClaudeCodeLine, _ before: Int?, _ isFirst: Bool, _ lane: Int, _ output: inout TranslationOutput
    ) {
        let isPrompt = line.isPrompt
        if lane == 0 {
            if isPrompt {
                beginTurn(line, after: isFirst ? 0 : before ?? lanes[0].strand, &output)
            } else if let before {
                lanes[0].strand = before
            }
        }
        let strand = lanes[lane].strand
        let isResult = takeResults(of: line, in: strand, &output)
        if isResult || isPrompt {
            strands[strand].isSettled = false
        } else if line.isLast {
            strands[strand].isSettled = true
        }
        strands[strand].touch(time)
        lanes[lane].take(input: line.message, time, at: line.place)
    }

    private mutating func beginTurn(
        _ line: ClaudeCodeLine, after former: Int, _ output: inout TranslationOutput
    ) {
        let place = line.place
        // A message is never answered by two: whoever says something else instead went back.
        let replaced = strands[former].later.filter { !strands[$0].isReplaced }
        let number = strands.count
        let id = spans.turn(line.fields[.id].text ?? "\(place.bytes.offset)")
        turns += 1
        if lanes[0].strand != 0 { tellEnd(of: lanes[0].strand, &output) }
        strands.append(ClaudeCodeStrand(span: id, lane: 0, place: place.remembered, time: time))
        strands[former].later.append(number)
        lanes[0].strand = number
        var span = spans.piece(id, named: "turn \(turns)", parent: strands[0].span, start: time, at: place)
        span.set(SpanVocabulary.spanID, line.fields[.id])
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.name", "Claude Code")
        if !span.isBrief { span.set("input.value", line.text) }
        setSurroundings(line, on: &span)
        output.add(span)
        guard !replaced.isEmpty else { return }
        var branch = spans.piece(id, at: place.remembered)
        for old in replaced { branch.link(to: strands[old].span, in: spans.trace, .replaces) }
        branch.set("claude.branch_of", line.fields[.parent].text ?? spans.name)
        output.add(branch)
        for old in replaced { markReplaced(old, at: place.remembered, &output) }
    }

    /// A turn that somebody went back from, and all that followed it.
    private mutating func markReplaced(_ number: Int, at place: RecordPlace, _ output: inout TranslationOutput) {
        var rest = [number]
        while let next = rest.popLast() {
            strands[next].isReplaced = true
            var span = spans.piece(strands[next].span, at: place)
            span.set(SpanVocabulary.nodeState, SpanVocabulary.NodeState.replaced.rawValue)
            span.set("claude.rewound", .bool(true))
            output.add(span)
            rest += strands[next].later.filter { !strands[$0].isReplaced }
        }
    }

    // MARK: What is neither

    private func takeOther(_ line: ClaudeCodeLine, _ strand: Int, _ output: inout TranslationOutput) {
        let (record, place) = (line.record, line.place)
        // An agent that runs tells of itself: whose it is need not wait for its end.
        if let agent = line.fields[.data]["agentId"].filled, let use = line.fields[.use].filledText {
            output.add(spans.piece(spans.agent(agent), named: "agent \(agent)", parent: spans.use(use), at: place))
        }
        let when = Timestamp.of(line.fields[.snapshot]["timestamp"], isUTC: true) ?? time
        var log = LogRecord(traceID: spans.trace, spanID: strands[strand].span, time: when)
        log.eventName = line.fields[.subtype].filled ?? line.type?.string ?? ""
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

    /// Where and by what a line was written, and whatever else it says.
    func setSurroundings(_ line: ClaudeCodeLine, on span: inout TranslatedSpan) {
        span.setRest(of: line.record, prefix: "claude.", except: Self.spoken)
    }

    private static let spoken: FieldNames = [
        "message", "uuid", "parentUuid", "timestamp", "sessionId", "type", "toolUseResult", "agentId",
    ]

    private mutating func tellRoot(_ line: ClaudeCodeLine, _ output: inout TranslationOutput) {
        isRootTold = true
        strands[0].touch(time)
        var root = spans.piece(strands[0].span, named: "session", start: time, at: line.place)
        root.set(SpanVocabulary.traceID, spans.name)
        root.set("gen_ai.operation.name", "invoke_agent")
        root.set("gen_ai.agent.name", "Claude Code")
        for key in ["cwd", "gitBranch", "version", "entrypoint", "userType"] as [StaticString] {
            root.set("claude.\(key)", line.record[key])
        }
        root.markInferred()
        output.add(root)
    }

    private mutating func tellEnd(of number: Int, _ output: inout TranslationOutput) {
        strands[0].touch(strands[number].last)
        guard strands[number].last > strands[number].told else { return }
        strands[number].told = strands[number].last
        output.add(spans.piece(strands[number].span, end: strands[number].last, at: strands[number].place))
    }

    mutating func finish(into output: inout TranslationOutput) {
        for lane in lanes.indices {
            tellMessage(of: lane, &output)
            let strand = lanes[lane].strand
            // What waits for an answer runs.
            if strands[strand].isSettled { tellEnd(of: strand, &output) }
        }
        guard isRootTold else { return }
        var root = spans.piece(
            strands[0].span, end: strands[lanes[0].strand].isSettled ? strands[0].last : 0, at: first)
        root.set("task.description", title)
        output.add(root)
    }
}
