import TraceModel

/// Makes the spans of a mission: the mission, its agents, their steps. Every file tells a piece.
struct Stage7Mission {
    let name: String
    let trace: TraceID
    let root: SpanID

    init(_ name: String) {
        self.name = name
        trace = DerivedID.trace(name, in: "stage7")
        root = DerivedID.span("stage7 mission \(name)")
    }

    func agent(_ id: String) -> SpanID { Self.agent(.made(id)) }

    func step(_ id: String) -> SpanID { Self.step(.made(id)) }

    static func agent(_ id: FieldText) -> SpanID { DerivedID.span("stage7 agent \(id)") }

    static func step(_ id: FieldText) -> SpanID { DerivedID.span("stage7 step \(id)") }

    func piece(
        _ id: SpanID, parent: SpanID = SpanID(0), name: String = "", start: Int64 = 0, end: Int64 = 0,
        at place: RecordPlace
    ) -> TranslatedSpan {
        TranslatedSpan(
            pieceOf: id, in: trace, parent: parent, name: name, start: start, end: end, service: "stage7", at: place)
    }

    /// A mission as its record has it.
    func mission(_ record: JSONView, at place: RecordPlace) -> TranslatedSpan {
        let status = record["status"].text ?? ""
        let start = Timestamp.of(record["createdAt"]) ?? 0
        let end = Stage7Status.isOver(status) ? Timestamp.of(record["updatedAt"]) ?? 1 : 0
        var span = piece(root, name: record["name"].filled ?? "mission", start: start, end: end, at: place)
        span.set(SpanVocabulary.traceID, name)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.mission.rawValue)
        span.set("input.value", record["goal"])
        span.set("user.id", record["userId"])
        setStatus(status, on: &span, error: record["lastError"].text)
        span.setRest(
            of: record, prefix: "stage7.",
            except: ["_id", "id", "goal", "status", "name", "createdAt", "updatedAt", "userId"])
        return span
    }

    /// An agent as lists and statistics have it.
    func agent(_ record: JSONView, at place: RecordPlace) -> TranslatedSpan? {
        guard let id = record.first(of: "id", "agentId").filled else { return nil }
        let status = record["status"].text ?? ""
        var span = piece(
            agent(id), parent: root, name: "agent \(id.prefix(8))", end: Stage7Status.isOver(status) ? 1 : 0, at: place)
        span.set(SpanVocabulary.spanID, id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.agent.rawValue)
        span.set("gen_ai.operation.name", "invoke_agent")
        span.set("gen_ai.agent.name", "agent \(id.prefix(8))")
        setStatus(status, on: &span, error: nil)
        span.setRest(of: record, prefix: "stage7.", except: ["_id", "id", "agentId", "status", "steps", "missionId"])
        return span
    }

    /// A step as plans, statistics and details have it.
    func step(_ record: JSONView, id: FieldText, at place: RecordPlace) -> TranslatedSpan {
        let fields = Stage7Field.table.pick(from: record)
        let owner = fields[.owner].filledText ?? fields[.agent].filledText
        return step(
            record, fields, Self.step(id), id: id, under: owner.map { Self.agent($0) } ?? SpanID(0), at: place)
    }

    /// The same, and as events have it.
    func step(
        _ record: JSONView, _ fields: FieldTable<Stage7Field>.Picked, _ step: SpanID, id: FieldText,
        under parent: SpanID, at place: RecordPlace
    ) -> TranslatedSpan {
        let status = fields[.status].text ?? ""
        let state = Stage7Status.state(status)
        var span = piece(
            step, parent: parent, name: fields[.verb].text ?? "", end: Stage7Status.isOver(state) ? 1 : 0, at: place)
        span.set(SpanVocabulary.spanID, id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.step.rawValue)
        span.set("task.description", fields[.description])
        span.set(SpanVocabulary.nodeLabel, fields[.number].fieldText)
        let error = fields[.error]
        setStatus(status, state, on: &span, error: error.first(of: "message").text ?? error.text)
        let (values, inputs) = (fields[.values], fields[.inputs])
        if !span.isBrief { span.set("input.value", Self.plain(values.exists ? values : inputs)) }
        setResult(fields[.result], on: &span)
        span.setRest(of: record, prefix: "stage7.", except: Self.known)
        link(
            fields[.dependencies], inputs.exists ? inputs : fields[.references], on: &span)
        // Each change of hands: the step has its work from the agent before.
        var givers: Set<String> = []
        for delegation in fields[.delegations].elements {
            guard let giver = delegation.first(of: "fromAgentId", "from").filled, givers.insert(giver).inserted else {
                continue
            }
            span.link(to: agent(giver), in: trace, .handoff, label: delegation["reason"].string)
        }
        return span
    }

    private static let known: FieldNames = [
        "_id", "id", "stepId", "missionId", "actionVerb", "verb", "description", "status", "inputValues", "inputs",
        "result", "results", "ownerAgentId", "agentId", "dependencies", "eventType", "timestamp", "number", "stepNo",
    ]

    func setStatus(_ status: String, on span: inout TranslatedSpan, error: String?) {
        setStatus(status, Stage7Status.state(status), on: &span, error: error)
    }

    func setStatus(
        _ status: String, _ state: SpanVocabulary.NodeState?, on span: inout TranslatedSpan,
        error: @autoclosure () -> String?
    ) {
        guard !status.isEmpty else { return }
        span.set("stage7.status", status)
        span.set(SpanVocabulary.nodeState, state?.rawValue)
        if state == .failed {
            span.fail(error() ?? status)
        } else if state == .done {
            span.body.status = .ok
        }
    }

    /// What came of a step.
    func setResult(_ result: JSONView, on span: inout TranslatedSpan) { span.set("output.value", result) }

    /// What the mission is for, as its first step has it. Only the mission's own record says so for certain: this ranks below.
    func goal(from step: JSONView, at place: RecordPlace) -> TranslatedSpan? {
        guard step.first(of: "actionVerb", "verb").string == "ACCOMPLISH", !step["parentStepId"].exists,
            let goal = Self.entries(step["inputValues"]).first(where: { $0.name == "goal" })?.value["value"].filled
        else { return nil }
        var span = piece(root, at: place)
        span.set("goal", goal)
        return span
    }

    /// The steps of the plans that came of a step: they take its place. Nothing where no plan did.
    static func planned(_ result: JSONView) -> [String]? {
        let plans = result.elements.filter { $0["resultType"].string == "plan" }
        guard !plans.isEmpty else { return nil }
        return plans.flatMap { part in part["result"].elements.compactMap { $0["id"].filled } }
    }

    /// A step waits for the steps whose outputs are its inputs.
    private func link(_ dependencies: JSONView, _ inputs: JSONView, on span: inout TranslatedSpan) {
        var taken: Set<String> = []
        for dependency in dependencies.elements {
            let source = dependency.string ?? dependency.first(of: "sourceStepId", "sourceStep", "stepId").string
            guard let source, taken.insert(source).inserted else { continue }
            span.link(
                to: step(source), in: trace, .data, label: dependency.first(of: "inputName", "outputName").string)
        }
        for (name, input) in Self.entries(inputs) {
            guard let source = input.first(of: "sourceStep", "sourceStepId", "sourceId").filled, source != "0",
                taken.insert(source).inserted
            else { continue }
            span.link(to: step(source), in: trace, .data, label: name)
        }
    }

    /// Maps travel as lists of pairs.
    static func entries(_ value: JSONView) -> [(name: String, value: JSONView)] {
        if value["_type"].string == "Map" {
            return value["entries"].elements.compactMap { pair in pair[0].text.map { ($0, pair[1]) } }
        }
        return value.fields.map { ($0.key, $0.value) }
    }

    /// The values of inputs without their wrapping.
    private static func plain(_ inputs: JSONView) -> AttributeValue? {
        let attributes = entries(inputs).compactMap { name, input -> Attribute? in
            let value = input.kind == .object ? input["value"] : input
            return value.exists ? Attribute(name, value.attribute) : nil
        }
        return attributes.isEmpty ? nil : .map(attributes)
    }
}
