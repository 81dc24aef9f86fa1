import Cells
import Explorer
import TraceAnalysis

/// How decisions look.
enum ReviewSigns {
    static func sign(of mark: ReviewMark) -> String {
        switch mark {
        case .approved: "✔"
        case .rejected: "✗"
        case .skipped: "s"
        case .graded(let value): Figures.reward(value)
        }
    }

    static func word(of mark: ReviewMark) -> String {
        switch mark {
        case .approved: "approved"
        case .rejected: "rejected"
        case .skipped: "skipped"
        case .graded: "graded"
        }
    }

    static func role(of mark: ReviewMark) -> Role {
        switch mark {
        case .approved: .rewardHigh
        case .rejected: .rewardLow
        case .skipped: .rewardNone
        case .graded(let value): RewardRoles.role(of: value)
        }
    }
}
