import TraceAnalysis
import TraceModel

/// Something that was judged and can be told as what was asked, what was answered, and what that is worth.
struct JudgedItem {
    var trace: TraceSummary
    /// The span that tells what was judged: of a judged trace, the one that has its question and its answer.
    var span: SpanBody
    var category: SpanCategory
    /// The judgement that counts; nothing where the reward came with the source.
    var record: RewardRecord?
    var value: Double
    /// How many people and programs judged it here.
    var judges: Int
    /// The latest word of each person about it.
    var opinions: [RewardRecord]

    var dialogue: Dialogue? { Dialogue(span, category) }

    /// Nothing where the judgement is exactly undecided.
    func isApproved(_ threshold: Double) -> Bool? { Self.isApproved(record?.verdict, value, threshold) }

    /// One person approves, and another rejects.
    func isDisputed(_ threshold: Double) -> Bool {
        let words = opinions.compactMap { Self.isApproved($0.verdict, $0.value ?? threshold, threshold) }
        return Set(words).count > 1
    }

    /// A verdict counts for itself, a number by the side of the threshold that it is on.
    static func isApproved(_ verdict: RewardRecord.Verdict?, _ value: Double, _ threshold: Double) -> Bool? {
        switch verdict {
        case .approve: true
        case .reject: false
        default: value == threshold ? nil : value > threshold
        }
    }
}
