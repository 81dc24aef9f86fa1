/// What became of the judgements that there were: what is not written is counted, with the reason.
package struct ExportTally: Sendable {
    private var judged = 0
    private var written = 0
    /// As the reasons were met.
    private var leftOut: [(reason: String, count: Int)] = []
    /// What is written, where a line is of more than one judgement: `pair`.
    private let unit: String

    init(unit: String = "") {
        self.unit = unit
    }

    mutating func judge(_ count: Int = 1) { judged += count }

    mutating func write() { written += 1 }

    mutating func leaveOut(_ reason: String, _ count: Int = 1) {
        guard count > 0 else { return }
        if let known = leftOut.firstIndex(where: { $0.reason == reason }) {
            leftOut[known].count += count
        } else {
            leftOut.append((reason, count))
        }
    }
}

extension ExportTally: CustomStringConvertible {
    /// `42 of 130 judged; 12 left out: no messages; 76 left out: not approved`
    package var description: String {
        let what =
            unit.isEmpty
            ? "\(written) of \(judged) judged" : "\(written) \(unit)\(written == 1 ? "" : "s") of \(judged) judged"
        return ([what] + leftOut.map { "\($0.count) left out: \($0.reason)" }).joined(separator: "; ")
    }
}
