import Explorer
import TraceModel

/// What the bottom line says in the review.
enum ReviewHints {
    static func hints(_ state: ExplorerState) -> [(String, String)] {
        if state.review.focus == .steps {
            return [
                ("a", "approve step"), ("x", "reject"), ("1-9", "grade"), ("c", "comment"), ("u", "undo"),
                ("Tab", "trace"), ("Enter", "open"), ("?", "help"),
            ]
        }
        return [
            ("a", "approve"), ("x", "reject"), ("1-9", "grade"), ("s", "skip"), ("u", "undo"), ("c", "comment"),
            ("Space", "next"), ("Tab", "steps"), ("i", "correct"), ("f", "flag"), ("?", "help"),
        ]
    }

    /// What a digit would say now.
    static func question(_ review: ReviewState) -> String? {
        switch review.question {
        case .reason: "✗ rejected · why? " + numbered(review.rubric.reasons) + " · any other key goes on"
        case .label: "⚑ \(review.rubric.labels.first ?? "") · or " + numbered(review.rubric.labels)
        case .criteria(let grades):
            "\(review.rubric.criteria[grades.count].name)? 1-9 (\(grades.count + 1) of \(review.rubric.criteria.count))"
                + " · Esc leaves it"
        case nil: nil
        }
    }

    private static func numbered(_ words: [String]) -> String {
        words.enumerated().map { "\($0.offset + 1) \($0.element)" }.joined(separator: "  ")
    }
}
