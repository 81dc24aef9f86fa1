package import TraceModel

/// What was decided on an item, as a sign shows it.
package enum ReviewMark: Sendable, Equatable {
    case approved, rejected, skipped
    case graded(Double)

    /// Of a record that decides something.
    package init?(_ record: RewardRecord?) {
        guard let record else { return nil }
        switch (record.verdict, record.value) {
        case (.approve, _): self = .approved
        case (.reject, _): self = .rejected
        case (.skip, _), (.unknown, _): self = .skipped
        case (_, let value?): self = .graded(value)
        default: return nil
        }
    }
}
