import TraceModel

/// stage7's documents: missions, agents, plans, details and outputs of steps, and the messages that its screens are sent.
struct Stage7Translator: TraceTranslator {
    static let format = ForeignFormat(.stage7, .document) { value in
        kind(of: value) != nil
    } translator: {
        Stage7Translator(source: $0)
    }

    private enum Kind {
        case missions, agents, plan, outputs, details, statistics, status, question
    }

    let source: TranslationSource

    private static func kind(of value: JSONView) -> Kind? {
        let record = value.kind == .array ? value[0] : value
        switch record["type"].string {
        case "agentStatistics": return .statistics
        case "statusUpdate" where record["data"]["id"].exists: return .status
        case "USER_INPUT_REQUEST": return .question
        default: break
        }
        if record["agentStatistics"].exists { return .statistics }
        if record["actionVerb"].exists, record["description"].exists { return .plan }
        if record["verb"].exists, record["results"].kind == .array || record["inputValues"].exists { return .details }
        if record["stepId"].exists, record["data"].kind == .array { return .outputs }
        if record["missionId"].exists, record["capabilitiesManagerUrl"].exists || record["conversation"].exists {
            return .agents
        }
        if record["goal"].exists, record["missionContext"].exists || record["attachedFiles"].exists { return .missions }
        return nil
    }

    private var folder: Stage7Folder { source.folder.value { Stage7Folder($0, head: $1) } }

    /// The mission of a record that names none.
    private var mission: Stage7Mission {
        let names = source.names.dropLast()
        return Stage7Mission(folder.mission ?? names.last.map { String($0) } ?? "mission")
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        guard let kind = Self.kind(of: record) else { return }
        let records = record.kind == .array ? Array(record.elements) : [record]
        for record in records where record.kind == .object {
            take(record, kind, at: place.place(of: record), into: &output)
        }
    }

    private func take(_ record: JSONView, _ kind: Kind, at place: RecordPlace, into output: inout TranslationOutput) {
        let mission = record["missionId"].filled.map { Stage7Mission($0) } ?? self.mission
        switch kind {
        case .missions:
            guard let id = record.first(of: "id", "_id").filled else {
                return output.report("a mission without its id", at: place)
            }
            output.add(Stage7Mission(id).mission(record, at: place))
        case .status:
            let data = record["data"]
            output.add(Stage7Mission(data["id"].text ?? mission.name).mission(data, at: place))
        case .agents:
            guard let agent = mission.agent(record, at: place) else {
                return output.report("an agent without its id", at: place)
            }
            output.add(agent)
        case .statistics: addStatistics(record, mission, at: place, to: &output)
        case .plan, .details: addStep(record, mission, at: place, to: &output)
        case .outputs:
            guard let id = record["stepId"].filled else {
                return output.report("an output of no step", at: place)
            }
            var span = mission.piece(
                mission.step(id), parent: record["agentId"].filled.map { mission.agent($0) } ?? SpanID(0), at: place)
            mission.setResult(record["data"], on: &span)
            span.setRest(
                of: record, prefix: "stage7.output.", except: ["_id", "agentId", "stepId", "data", "timestamp"])
            output.add(span)
        case .question:
            var span = mission.piece(mission.root, at: place)
            span.set("stage7.question", record["question"])
            span.setRest(of: record, prefix: "stage7.question.", except: ["type", "question", "missionId"])
            span.set(SpanVocabulary.nodeState, SpanVocabulary.NodeState.waiting.rawValue)
            if let time = Timestamp.of(record["timestamp"], isUTC: true) {
                span.note(.waiting, status: "USER_INPUT_REQUEST", at: time)
            }
            output.add(span)
        }
    }

    private func addStep(
        _ record: JSONView, _ mission: Stage7Mission, at place: RecordPlace, to output: inout TranslationOutput
    ) {
        let verb = record.first(of: "actionVerb", "verb").text ?? ""
        let named = record.first(of: "id", "stepId").filled
        guard let id = named ?? folder.step(verb: verb, description: record["description"].text ?? "") else {
            return output.report("a step without its id, and no other file says which it is", at: place)
        }
        output.add(mission.step(record, id: .made(id), at: place))
    }

    private func addStatistics(
        _ record: JSONView, _ mission: Stage7Mission, at place: RecordPlace, to output: inout TranslationOutput
    ) {
        let content = record["content"].kind == .object ? record["content"] : record
        var last = mission
        var told: Set<String> = []
        let replacements = Self.replacements(in: content["agentStatistics"])
        for (_, agents) in Stage7Mission.entries(content["agentStatistics"]) {
            for agent in agents.elements {
                // Agents name no mission, but their steps do.
                var own = mission
                for step in agent["steps"].elements {
                    if let id = step["missionId"].filled { own = Stage7Mission(id) }
                    guard let id = step["id"].filled else {
                        output.report("a step without its id", at: place.place(of: step))
                        continue
                    }
                    var span = own.step(step, id: .made(id), at: place.place(of: step))
                    if span.body.parentID.isZero, let agent = agent["id"].filled {
                        span.body.parentID = own.agent(agent)
                    }
                    if let root = own.goal(from: step, at: place.place(of: step)), told.insert(own.name).inserted {
                        output.add(root)
                    }
                    if let old = replacements[id] { span.link(to: own.step(old), in: own.trace, .replaces) }
                    output.add(span)
                }
                last = own
                if let span = own.agent(agent, at: place.place(of: agent)) { output.add(span) }
            }
        }
        // What is counted over all agents.
        var span = last.piece(last.root, at: place)
        span.setRest(of: content, prefix: "stage7.statistics.", except: ["agentStatistics", "type"])
        if content.range != record.range {
            span.setRest(of: record, prefix: "stage7.statistics.", except: ["content", "type"])
        }
        if !span.attributes.isEmpty { output.add(span) }
    }

    /// The steps that took another's place, with whose; they may have gone to another agent since.
    private static func replacements(in statistics: JSONView) -> [String: String] {
        let steps = Stage7Mission.entries(statistics).flatMap { _, agents in
            agents.elements.flatMap { Array($0["steps"].elements) }
        }
        var old: [String: String] = [:]
        var replaced: Set<String> = []
        for step in steps {
            guard let id = step["id"].filled, Stage7Status.state(step["status"].text ?? "") == .replaced else {
                continue
            }
            replaced.insert(id)
            for new in Stage7Mission.planned(step["result"]) ?? [] { old[new] = id }
        }
        for step in steps {
            guard let id = step["id"].filled else { continue }
            if let parent = step["parentStepId"].filled, parent != id, replaced.contains(parent) { old[id] = parent }
        }
        return old
    }
}
