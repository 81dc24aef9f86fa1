import TraceModel

extension Problem {
    /// What it has in common with others: what differs from one to the next, as a character's number, makes no other kind.
    var kind: String { what.split(whereSeparator: \.isNumber).joined(separator: "…") }
}
