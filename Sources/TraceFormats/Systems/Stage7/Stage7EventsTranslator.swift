import TraceModel

/// stage7's events as JSON lines, by themselves or among the lines of an agent set's log.
struct Stage7EventsTranslator: TraceTranslator {
    static let format = ForeignFormat(.stage7Events, .lines, records: .inOrder) { value in
        value["eventType"].exists && (value["agentId"].exists || value["stepId"].exists || value["missionId"].exists)
    } recognisesText: {
        $0.contains(marker)
    } translator: {
        Stage7EventsTranslator($0)
    }

    private static let marker = "Event logged successfully: "

    private struct Step {
        var mission: Int
        /// Where no event has named it, that of the step that planned this one, or the last that came to be.
        var agent: SpanID?
    }

    /// A step that was planned and not yet created.
    private struct Planned {
        var by: SpanID
        var agent: SpanID?
    }

    private let source: TranslationSource
    private var missions = Stage7Missions()
    private var steps: [SpanID: Step] = [:]
    private var planned: [SpanID: Planned] = [:]
    /// The missions of agents.
    private var agents: [SpanID: Int] = [:]
    private var isLog = false

    init(_ source: TranslationSource) {
        self.source = source
    }

    mutating func take(text: UnsafeRawBufferPointer, at place: RecordPlace, into output: inout TranslationOutput) {
        let line = String(decoding: text, as: UTF8.self)
        guard let found = line.firstRange(of: Self.marker) else {
            // A log has other lines as well.
            if !isLog, !line.allSatisfy(\.isWhitespace), line.utf8.first == UInt8(ascii: "{") {
                output.report("not JSON", at: place)
            }
            return
        }
        isLog = true
        JSONDocument.read(String(line[found.upperBound...])) { value, outcome in
            guard outcome == .whole else { return output.report("an event that is cut off", at: place) }
            take(value, at: place, into: &output)
        }
    }

    /// An event, and whose it is.
    private struct Event {
        var type: FieldText
        var record: JSONView
        var fields: FieldTable<Stage7Field>.Picked
        var time: Int64
        var mission: Int
        var place: RecordPlace
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let fields = Stage7Field.table.pick(from: record)
        guard fields[.type].kind == .string, let type = fields[.type].fieldText else {
            return output.report("an event without eventType", at: place)
        }
        let time = Timestamp.of(fields[.time], isUTC: true) ?? 0
        let (stepID, agentID) = (fields[.step].filledText, fields[.agent].filledText)
        let (step, agent) = (stepID.map { Stage7Mission.step($0) }, agentID.map { Stage7Mission.agent($0) })
        var known = fields[.mission].filledText.map { missions.number(of: $0, at: place) }
        if let step { known = known ?? steps[step]?.mission }
        if let agent { known = known ?? agents[agent] }
        let number = known ?? missions.number(of: fallback, at: place)
        if let agent, known != nil { agents[agent] = number }
        missions.note(number, time)
        let event = Event(type: type, record: record, fields: fields, time: time, mission: number, place: place)
        if let step, let stepID, type.hasPrefix("step_") {
            know(step: step, agent: agent, mission: number)
            take(step: step, stepID, event, &output)
        } else if let agent, let agentID, type.hasPrefix("agent_") {
            take(agent: agent, agentID, event, &output)
        } else {
            // Whose it is may be known from before.
            let mission = missions[number]
            let isNamed = fields[.mission].filledText != nil
            var span = mission.piece(mission.root, at: isNamed ? place : place.remembered)
            add(event, to: &span)
            output.add(consume span)
        }
    }

    private mutating func know(step id: SpanID, agent: SpanID?, mission: Int) {
        let step = steps[id]
        let owner = agent ?? step?.agent ?? planned[id]?.agent ?? missions.latestAgent(of: mission)
        if step?.mission != mission || step?.agent != owner { steps[id] = Step(mission: mission, agent: owner) }
    }

    /// Of events that name no mission, and whose steps nobody has named: the folder's.
    private var fallback: FieldText {
        .made(
            source.folder.value({ Stage7Folder($0, head: $1) }).mission ?? missions.last ?? source.names.last.map {
                String($0)
            } ?? "mission")
    }

    private func add(_ event: Event, to span: inout TranslatedSpan) {
        span.addEvent(event.type.string, at: event.time, event.record, except: ["eventType"])
    }

    private mutating func take(
        agent: SpanID, _ id: FieldText, _ event: Event, _ output: inout TranslationOutput
    ) {
        let mission = missions[event.mission]
        let word = String(event.type.string.dropFirst("agent_".count))
        let status =
            event.fields[.status].filled ?? (word == "initialized" || word == "resumed" ? "running" : word)
        let state = Stage7Status.state(status)
        let isOver = Stage7Status.isOver(word) || Stage7Status.isOver(state)
        missions.note(
            event.mission, agent: agent, isNew: word == "created" || word == "initialized", isOver: isOver)
        let name = "agent " + id.prefix(8)
        var span = mission.piece(
            agent, parent: mission.root, name: name, start: word == "created" ? event.time : 0,
            end: isOver ? event.time : 0, at: event.place)
        span.set(SpanVocabulary.spanID, id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.agent.rawValue)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.name", name)
        mission.setStatus(status, state, on: &span, error: event.record.first(of: "error", "message").text)
        if let state { span.note(state, status: word, at: event.time) }
        span.setRest(of: event.record, prefix: "stage7.", except: Self.known)
        output.add(consume span)
    }

    private static let known: FieldNames = [
        "_id", "eventType", "agentId", "missionId", "status", "timestamp", "error", "message",
    ]

    private mutating func take(
        step: SpanID, _ id: FieldText, _ event: Event, _ output: inout TranslationOutput
    ) {
        let mission = missions[event.mission]
        let (record, time, type, place) = (event.record, event.time, event.type, event.place)
        var span = mission.step(
            record, event.fields, step, id: id, under: steps[step]?.agent ?? mission.root, at: place)
        span.body.end = 0
        let isCreated = type == "step_created"
        if event.fields[.agent].exists {
            span.set("stage7.agent.inferred", .bool(false))
        } else if isCreated {
            span.set("stage7.agent.inferred", .bool(true))
        }
        var state: SpanVocabulary.NodeState?
        if isCreated {
            span.body.start = time
            state = .pending
            tellGoal(event, &output)
            tellPlan(of: step, event, &output)
        } else if type == "step_execution_start" {
            span.body.start = time
            state = .running
        } else if type == "step_execution_finish" {
            let status = event.fields[.status].text ?? "completed"
            let new = status == "running" ? Stage7Mission.planned(event.fields[.result]) : nil
            for id in new ?? [] { planned[mission.step(id)] = Planned(by: step, agent: steps[step]?.agent) }
            state = new == nil ? Stage7Status.state(status) : .replaced
            if Stage7Status.isOver(state) { span.body.end = time }
        } else if type == "step_completed" {
            state = .done
            span.body.status = .ok
            span.body.end = time
        } else if type == "step_failed" || type == "step_execution_error" {
            state = .failed
            span.fail(record.first(of: "error", "lastError", "message").text ?? type.string)
            span.body.end = time
        } else if type.hasPrefix("step_cancelled") {
            state = .cancelled
            span.body.end = time
        } else {
            add(event, to: &span)
        }
        if let state {
            span.replace(SpanVocabulary.nodeState, state.rawValue)
            span.note(state, status: event.fields[.status].filled ?? type.string, at: time)
        }
        output.add(consume span)
    }

    private mutating func tellGoal(_ event: Event, _ output: inout TranslationOutput) {
        guard !missions.isGoalTold(of: event.mission),
            let root = missions[event.mission].goal(from: event.record, at: event.place.remembered)
        else { return }
        missions.noteGoal(of: event.mission)
        output.add(root)
    }

    /// The step whose plan a new step is part of is replaced by it.
    private mutating func tellPlan(of step: SpanID, _ event: Event, _ output: inout TranslationOutput) {
        guard !planned.isEmpty else { return }
        let template = event.fields[.template].filledText.map { Stage7Mission.step($0) }
        guard let plan = planned.removeValue(forKey: step) ?? template.flatMap({ planned[$0] }) else { return }
        let mission = missions[event.mission]
        var replacing = mission.piece(step, at: event.place.remembered)
        replacing.link(to: plan.by, in: mission.trace, .replaces)
        output.add(replacing)
    }

    mutating func finish(into output: inout TranslationOutput) { missions.tell(into: &output) }
}
