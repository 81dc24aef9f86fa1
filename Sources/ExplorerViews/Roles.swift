import Cells
import TraceModel

/// How spans look by what they are.
enum SpanRoles {
    static func role(of category: SpanCategory) -> Role {
        switch category {
        case .agent: .spanAgent
        case .model: .spanModel
        case .tool: .spanTool
        case .retrieval: .spanRetrieval
        case .planning: .spanPlanning
        case .evaluation: .spanEvaluation
        case .workflow: .spanWorkflow
        case .other: .spanName
        }
    }
}

/// How rewards look by how high they are.
enum RewardRoles {
    static func role(of reward: Double?) -> Role {
        switch reward {
        case nil: .rewardNone
        case .some(0.66...): .rewardHigh
        case .some(0.33...): .rewardMiddle
        default: .rewardLow
        }
    }
}
