/// All judgements that are known, and what they come to.
package struct RewardBook: Sendable {
    package private(set) var records: [RewardRecord] = []
    /// Where each is among the records.
    private var places: [RewardID: Int] = [:]
    private var superseded: Set<RewardID> = []
    /// What took each back.
    private var withdrawals: [RewardID: RewardID] = [:]
    private var bySpan: [SpanID: [RewardRecord]] = [:]
    private var byTrace: [TraceID: [RewardRecord]] = [:]

    package init() {}

    /// Takes a record in, once.
    package mutating func add(_ record: RewardRecord) {
        guard places[record.id] == nil else { return }
        places[record.id] = records.count
        records.append(record)
        if let earlier = record.supersedes {
            superseded.insert(earlier)
            if record.verdict == .withdrawn { withdrawals[earlier] = record.id }
        }
        if let span = record.target.span { bySpan[span, default: []].append(record) }
        byTrace[record.target.trace, default: []].append(record)
    }

    package var isEmpty: Bool { records.isEmpty }

    package func contains(_ id: RewardID) -> Bool { places[id] != nil }

    /// The judgement that counts of all that hold and are of the very same target.
    package func record(of target: RewardTarget) -> RewardRecord? {
        latest(all(of: target))
    }

    /// Every record of the very same target, in the order in which they came.
    private func all(of target: RewardTarget) -> [RewardRecord] {
        let near = target.span.map { bySpan[$0] } ?? byTrace[target.trace]
        return (near ?? []).filter { $0.target == target }
    }

    /// Records that hold: not superseded, and not a withdrawal.
    package var standing: [RewardRecord] {
        records.filter { !superseded.contains($0.id) && $0.verdict != .withdrawn }.sorted { $0.id < $1.id }
    }

    private func latest(_ records: [RewardRecord]) -> RewardRecord? {
        Self.effective(records.filter { !superseded.contains($0.id) && $0.verdict != .withdrawn && $0.value != nil })
    }

    /// Of judgements of one target that hold the one that counts: the latest human one of its own, else the latest of any
    /// other of its own, else what was handed down to it last.
    package static func effective(_ records: [RewardRecord]) -> RewardRecord? {
        func newest(_ records: [RewardRecord]) -> RewardRecord? { records.max { isNewer($1, than: $0) } }
        let own = records.filter { $0.strategy != .propagated }
        return newest(own.filter { $0.authorKind == .human }) ?? newest(own) ?? newest(records)
    }

    package static func isNewer(_ record: RewardRecord, than other: RewardRecord) -> Bool {
        (record.createdAt, record.id) > (other.createdAt, other.id)
    }

    /// A span's own judgement.
    package func record(of span: SpanID, in trace: TraceID) -> RewardRecord? {
        latest((bySpan[span] ?? []).filter { $0.target.trace == trace })
    }

    /// The judgement of a trace as a whole.
    package func record(of trace: TraceID) -> RewardRecord? { record(of: .trace(trace)) }

    /// What a target's own judgements come to.
    package func value(of target: RewardTarget) -> Double? {
        target.span.map { record(of: $0, in: target.trace)?.value } ?? record(of: target)?.value
    }

    /// What stands of a trace: the judgement that counts of every span, and of every sequence.
    package func parts(of trace: TraceID) -> (spans: [SpanID: RewardRecord], sequences: [String: RewardRecord]) {
        var spans: [SpanID: RewardRecord] = [:]
        var sequences: [String: RewardRecord] = [:]
        for record in byTrace[trace] ?? [] {
            if let span = record.target.span {
                if spans[span] == nil { spans[span] = self.record(of: span, in: trace) }
            } else if case .sequence(let id, _) = record.target, sequences[id] == nil {
                sequences[id] = self.record(of: record.target)
            }
        }
        return (spans, sequences)
    }

    /// Every judgement of a target that holds, oldest first.
    package func standing(for target: RewardTarget) -> [RewardRecord] {
        all(of: target).filter { !superseded.contains($0.id) && $0.verdict != .withdrawn }.sorted { $0.id < $1.id }
    }

    /// What was handed down to a span and still holds, the latest of it.
    package func handedDown(to span: SpanID, in trace: TraceID) -> RewardRecord? {
        (bySpan[span] ?? []).filter {
            $0.target.trace == trace && $0.strategy == .propagated && $0.value != nil && !superseded.contains($0.id)
        }.max { Self.isNewer($1, than: $0) }
    }

    /// What a target's source said before the first judgement.
    package func former(of target: RewardTarget) -> Double? {
        all(of: target).filter { $0.former != nil }.min { $0.id < $1.id }?.former
    }

    /// Traces that have any judgement.
    package var traces: [TraceID] { Array(byTrace.keys) }

    /// How many judgements of a trace and its spans there ever were.
    package func count(of trace: TraceID) -> Int { byTrace[trace]?.count ?? 0 }

    /// What a trace's judgements come to: its own, else the mean of its spans'.
    package func reward(of trace: TraceID) -> Double? {
        if let own = record(of: trace)?.value { return own }
        let spans = Set((byTrace[trace] ?? []).compactMap(\.target.span))
        let values = spans.compactMap { record(of: $0, in: trace)?.value }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// Every judgement of a trace and its spans that holds, in the order they were made.
    package func standing(of trace: TraceID) -> [RewardRecord] {
        (byTrace[trace] ?? []).filter { holds($0) && $0.verdict != .withdrawn }.sorted { Self.isNewer($1, than: $0) }
    }

    /// Whether no other record has taken its place; a withdrawal holds until it is done again.
    func holds(_ record: RewardRecord) -> Bool { !superseded.contains(record.id) }

    /// The record with an id.
    package func record(with id: RewardID) -> RewardRecord? { places[id].map { records[$0] } }

    /// What took a record back, where that is why it stands no more.
    func withdrawal(of id: RewardID) -> RewardRecord? { withdrawals[id].flatMap { record(with: $0) } }

    /// Every value that a target was ever given, and what its source said before.
    package func values(of target: RewardTarget) -> Set<Double> {
        Set(all(of: target).flatMap { [$0.value, $0.former] }.compactMap { $0 })
    }

    package func isSuperseded(_ id: RewardID) -> Bool { superseded.contains(id) }

    /// Lets go of a record that its source refused: it never held.
    package mutating func drop(_ id: RewardID) { superseded.insert(id) }
}
