/// What events say, and steps in plans, statistics and details.
enum Stage7Field: Int, RecordField {
    case type, time, step, agent, owner, mission, status, template, result, verb, description, number, error, values,
        inputs, references, delegations, dependencies

    static let table = FieldTable<Stage7Field>()

    var names: [StaticString] {
        switch self {
        case .type: ["eventType"]
        case .time: ["timestamp"]
        case .step: ["stepId"]
        case .agent: ["agentId"]
        case .owner: ["ownerAgentId"]
        case .mission: ["missionId"]
        case .status: ["status"]
        case .template: ["templateId"]
        case .result: ["result", "results"]
        case .verb: ["actionVerb", "verb"]
        case .description: ["description"]
        case .number: ["number", "stepNo"]
        case .error: ["lastError"]
        case .values: ["inputValues"]
        case .inputs: ["inputs"]
        case .references: ["inputReferences"]
        case .delegations: ["delegationHistory"]
        case .dependencies: ["dependencies"]
        }
    }
}
