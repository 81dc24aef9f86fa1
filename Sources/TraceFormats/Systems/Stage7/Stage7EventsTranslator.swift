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
        var mission: String?
        /// Where no event has named it, that of the step that planned this one, or the last that came to be.
        var agent: String?
    }

    /// A step that was planned and not yet created.
    private struct Planned {
        var by: String
        var agent: String?
    }

    private struct Extent {
        var start: Int64
        var end: Int64
        var place: RecordPlace
        /// Agents that have not come to an end.
        var agents: Set<String> = []
    }

    private let source: TranslationSource
    private let document = JSONDocument()
    private var steps: [String: Step] = [:]
    private var planned: [String: Planned] = [:]
    private var agents: [String: String] = [:]
    /// The last agent that came to be, by mission: it creates its steps before another comes.
    private var latest: [String: String] = [:]
    private var missions: [String: Extent] = [:]
    private var order: [String] = []
    /// Missions whose goal a step has told.
    private var goals: Set<String> = []
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

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        guard let type = record["eventType"].string else {
            return output.report("an event without eventType", at: place)
        }
        let time = Timestamp.of(record["timestamp"], isUTC: true) ?? 0
        let stepID = record["stepId"].filled
        let agentID = record["agentId"].filled
        var name = record["missionId"].filled
        if let stepID {
            name = name ?? steps[stepID]?.mission ?? agentID.flatMap { agents[$0] }
        } else if let agentID {
            name = name ?? agents[agentID]
        }
        if let agentID, let name { agents[agentID] = name }
        let mission = Stage7Mission(name ?? fallback)
        note(mission.name, time, place)
        if type.hasPrefix("step_"), let stepID {
            know(step: stepID, agent: agentID, mission: name ?? mission.name)
            take(step: stepID, type, record, time, mission, place, &output)
        } else if type.hasPrefix("agent_"), let agentID {
            take(agent: agentID, type, record, time, mission, place, &output)
        } else {
            // Whose it is may be known from before.
            var span = mission.piece(mission.root, at: record["missionId"].exists ? place : place.remembered)
            span.body.events.append(Self.event(type, record, time))
            output.add(span)
        }
    }

    private mutating func know(step id: String, agent: String?, mission: String) {
        var step = steps[id] ?? Step(mission: mission)
        step.mission = mission
        if let agent {
            step.agent = agent
        } else if step.agent == nil {
            step.agent = planned[id]?.agent ?? latest[mission]
        }
        steps[id] = step
    }

    /// Of events that name no mission, and whose steps nobody has named: the folder's.
    private var fallback: String {
        source.folder.value({ Stage7Folder($0, head: $1) }).mission ?? order.last ?? source.names.last.map {
            String($0)
        }
            ?? "mission"
    }

    private mutating func note(_ mission: String, _ time: Int64, _ place: RecordPlace) {
        guard time > 0 else { return }
        var extent = missions[mission] ?? Extent(start: time, end: time, place: place.remembered)
        if missions[mission] == nil { order.append(mission) }
        extent.start = min(extent.start, time)
        extent.end = max(extent.end, time)
        missions[mission] = extent
    }

    private static func event(_ type: String, _ record: JSONView, _ time: Int64) -> SpanEvent {
        SpanEvent(
            name: type, time: time,
            attributes: record.fields.filter { $0.key != "eventType" && $0.value.exists }
                .map { Attribute($0.key, $0.value.attribute) })
    }

    private mutating func take(
        agent id: String, _ type: String, _ record: JSONView, _ time: Int64, _ mission: Stage7Mission,
        _ place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        let word = String(type.dropFirst("agent_".count))
        let status = record["status"].filled ?? (word == "initialized" || word == "resumed" ? "running" : word)
        let isOver = Stage7Status.isOver(word) || Stage7Status.isOver(status)
        if word == "created" || word == "initialized" { latest[mission.name] = id }
        if isOver { missions[mission.name]?.agents.remove(id) } else { missions[mission.name]?.agents.insert(id) }
        var span = mission.piece(
            mission.agent(id), parent: mission.root, name: "agent \(id.prefix(8))", start: word == "created" ? time : 0,
            end: isOver ? time : 0, at: place)
        span.set(SpanVocabulary.spanID, id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.agent.rawValue)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.name", "agent \(id.prefix(8))")
        mission.setStatus(status, on: &span, error: record.first(of: "error", "message").text)
        if let state = Stage7Status.state(status) { span.note(state, status: word, at: time) }
        span.setRest(
            of: record, prefix: "stage7.",
            except: ["_id", "eventType", "agentId", "missionId", "status", "timestamp", "error", "message"])
        output.add(span)
    }

    private mutating func take(
        step id: String, _ type: String, _ record: JSONView, _ time: Int64, _ mission: Stage7Mission,
        _ place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        var span = mission.step(record, id: id, at: place)
        span.body.parentID = steps[id]?.agent.map { mission.agent($0) } ?? mission.root
        if record["agentId"].exists {
            span.set("stage7.agent.inferred", .bool(false))
        } else if type == "step_created" {
            span.set("stage7.agent.inferred", .bool(true))
        }
        span.body.end = 0
        var state: SpanVocabulary.NodeState?
        switch type {
        case "step_created":
            span.body.start = time
            state = .pending
            if !goals.contains(mission.name), let root = mission.goal(from: record, at: place.remembered) {
                goals.insert(mission.name)
                output.add(root)
            }
            let template = record["templateId"].filled
            if let plan = planned.removeValue(forKey: id) ?? template.flatMap({ planned[$0] }) {
                var replacing = mission.piece(mission.step(id), at: place.remembered)
                replacing.link(to: mission.step(plan.by), in: mission.trace, .replaces)
                output.add(replacing)
            }
        case "step_execution_start":
            span.body.start = time
            state = .running
        case "step_execution_finish":
            let status = record["status"].text ?? "completed"
            let isReplaced = status == "running" && Self.hasPlan(record["result"])
            if isReplaced {
                for new in Stage7Mission.planned(record["result"]) {
                    planned[new] = Planned(by: id, agent: steps[id]?.agent)
                }
            }
            state = isReplaced ? .replaced : Stage7Status.state(status)
            if isReplaced || Stage7Status.isOver(status) { span.body.end = time }
        case "step_completed":
            state = .done
            span.body.status = .ok
            span.body.end = time
        case "step_failed", "step_execution_error":
            state = .failed
            span.fail(record.first(of: "error", "lastError", "message").text ?? type)
            span.body.end = time
        default:
            if type.hasPrefix("step_cancelled") {
                state = .cancelled
                span.body.end = time
            } else {
                span.body.events.append(Self.event(type, record, time))
            }
        }
        if let state {
            span.replace(SpanVocabulary.nodeState, state.rawValue)
            span.note(state, status: record["status"].filled ?? type, at: time)
        }
        output.add(span)
    }

    private static func hasPlan(_ result: JSONView) -> Bool {
        result.elements.contains { $0["resultType"].string == "plan" }
    }

    mutating func finish(into output: inout TranslationOutput) {
        for name in order {
            guard let extent = missions[name] else { continue }
            let mission = Stage7Mission(name)
            var span = mission.piece(
                mission.root, name: "mission", start: extent.start, end: extent.agents.isEmpty ? extent.end : 0,
                at: extent.place)
            span.set(SpanVocabulary.traceID, name)
            span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.mission.rawValue)
            output.add(span)
        }
    }
}
