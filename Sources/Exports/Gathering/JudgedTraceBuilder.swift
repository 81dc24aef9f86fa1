import TraceAnalysis
import TraceModel

/// Puts the judgements of a trace together with what they are of, and reads no more of the trace than that needs.
struct JudgedTraceBuilder {
    enum Needs {
        /// The judgements alone.
        case records
        /// What was asked and answered where something was judged.
        case items
        /// The steps around what was judged.
        case sequences
    }

    let summary: TraceSummary
    let spans: SpanTable
    /// By target, oldest first: those with a value.
    private var targets: [(key: Target, records: [RewardRecord])] = []
    /// Those that say nothing to learn from, and why.
    private var leftOut: [(reason: String, count: Int)] = []
    private let places: [SpanID: Int]
    /// The root; of a trace without one the first span.
    private let root: Int?

    /// What judgements of one thing have in common, however they name it.
    private enum Target: Hashable {
        case whole, span(SpanID), sequence(String)

        init(_ target: RewardTarget) {
            switch target {
            case .trace: self = .whole
            case .span(let span, _), .triplet(_, let span, _), .approval(_, let span, _): self = .span(span)
            case .sequence(let id, _): self = .sequence(id)
            }
        }
    }

    init(_ summary: TraceSummary, _ spans: SpanTable, _ records: [RewardRecord]) {
        self.summary = summary
        self.spans = spans
        root = spans.count == 0 ? nil : spans.parents.firstIndex(where: \.isZero) ?? 0
        places = Dictionary(zip(spans.ids, 0...), uniquingKeysWith: { first, _ in first })
        var known: [Target: Int] = [:]
        for record in records.sorted(by: { $0.id < $1.id }) {
            guard record.value != nil else {
                switch record.verdict {
                case .skip: leaveOut("skipped")
                case .unknown: leaveOut("unknown")
                default: leaveOut("without a value")
                }
                continue
            }
            let key = Target(record.target)
            if let place = known[key] {
                targets[place].records.append(record)
            } else {
                known[key] = targets.count
                targets.append((key, [record]))
            }
        }
    }

    private mutating func leaveOut(_ reason: String) {
        if let known = leftOut.firstIndex(where: { $0.reason == reason }) {
            leftOut[known].count += 1
        } else {
            leftOut.append((reason, 1))
        }
    }

    func build<Failure: Error>(
        _ needs: Needs, read: (Int) async throws(Failure) -> SpanBody
    ) async throws(Failure) -> JudgedTrace {
        var trace = JudgedTrace(summary: summary)
        trace.leftOut = leftOut
        switch needs {
        case .records: try await addRecords(to: &trace, read)
        case .items: try await addItems(to: &trace, read)
        case .sequences: try await addSequences(to: &trace, read)
        }
        return trace
    }

    private static func judges(_ records: [RewardRecord]) -> Int { Set(records.map(\.author)).count }

    /// The latest word of each person.
    private static func opinions(_ records: [RewardRecord]) -> [RewardRecord] {
        var latest: [String: RewardRecord] = [:]
        for record in records where record.authorKind == .human {
            if let known = latest[record.author], !RewardBook.isNewer(record, than: known) { continue }
            latest[record.author] = record
        }
        return latest.values.sorted { $0.id < $1.id }
    }

    // MARK: Records

    private func addRecords<Failure: Error>(
        to trace: inout JudgedTrace, _ read: (Int) async throws(Failure) -> SpanBody
    ) async throws(Failure) {
        let top = root.map { spans.ids[$0] } ?? SpanID(0)
        for target in targets {
            let span = target.records[0].target.span
            var name: String?
            if let span {
                name = span.description
                if let place = places[span] {
                    name = try await read(place).attributes.text(SpanVocabulary.spanID) ?? name
                }
            }
            let judges = Self.judges(target.records)
            trace.records += target.records.map {
                JudgedRecord(trace: summary, record: $0, span: span ?? top, spanName: name, judges: judges)
            }
        }
        trace.records.sort { $0.record.id < $1.record.id }
        var rewards = 0
        for place in ownRewards {
            // The root may wear what its sequences were judged as.
            if place == root, try await read(place).sourceReward == nil { continue }
            rewards += 1
        }
        if rewards > 0 { trace.leftOut.append(("judged in the source, not here", rewards)) }
    }

    /// Places whose rewards came with them.
    private var ownRewards: [Int] {
        let judged = Set(targets.map(\.key))
        return spans.rewards.keys.map { Int($0) }.sorted().filter { place in
            !judged.contains(.span(spans.ids[place])) && !(place == root && judged.contains(.whole))
        }
    }

    // MARK: Items

    private func addItems<Failure: Error>(
        to trace: inout JudgedTrace, _ read: (Int) async throws(Failure) -> SpanBody
    ) async throws(Failure) {
        for (key, records) in targets {
            guard let record = RewardBook.effective(records), let value = record.value else { continue }
            var place: Int?
            switch key {
            case .sequence:
                trace.leftOut.append(("a sequence, whose steps are judged each", records.count))
                continue
            case .whole: place = try await teller(read)
            case .span(let id): place = places[id]
            }
            guard let place else {
                trace.leftOut.append(("not in what was read", 1))
                continue
            }
            trace.items.append(
                JudgedItem(
                    trace: summary, span: try await read(place), category: spans.traits[place].category,
                    record: record, value: value, judges: Self.judges(records),
                    opinions: Self.opinions(records)))
        }
        for place in ownRewards {
            let body = try await read(place)
            guard let value = body.sourceReward else { continue }
            trace.items.append(
                JudgedItem(
                    trace: summary, span: body, category: spans.traits[place].category, value: value,
                    judges: 0, opinions: []))
        }
    }

    /// The span that tells best what a trace came to: the root, else the last call of a model that has an answer, else the
    /// root all the same.
    private func teller<Failure: Error>(
        _ read: (Int) async throws(Failure) -> SpanBody
    ) async throws(Failure) -> Int? {
        guard let root else { return nil }
        if Dialogue(try await read(root), spans.traits[root].category) != nil { return root }
        for place in (0..<spans.count).reversed() where spans.traits[place].category == .model {
            if Dialogue(try await read(place), .model) != nil { return place }
        }
        return root
    }

    // MARK: Sequences

    /// Sequences as the rewards view has them, each step with what it says.
    private func addSequences<Failure: Error>(
        to trace: inout JudgedTrace, _ read: (Int) async throws(Failure) -> SpanBody
    ) async throws(Failure) {
        var judged: [SpanID: RewardRecord] = [:]
        for (key, records) in targets {
            switch key {
            case .span(let id): judged[id] = RewardBook.effective(records)
            case .whole: trace.leftOut.append(("a trace as a whole, not a step", 1))
            case .sequence: trace.leftOut.append(("a sequence, whose steps are judged each", records.count))
            }
        }
        let own = Set(ownRewards)
        guard !judged.isEmpty || !own.isEmpty else { return }
        var facts: [StepFacts] = []
        // Those that may be steps; of the others nobody needs more than the facts.
        var bodies: [Int: SpanBody] = [:]
        for place in 0..<spans.count {
            let body = try await read(place)
            facts.append(StepFacts(body))
            let category = spans.traits[place].category
            if facts[place].isTriplet || category == .model || category == .tool || own.contains(place) {
                bodies[place] = body
            }
        }
        var unused = Set(judged.keys).union(
            own.filter { bodies[$0]?.sourceReward != nil }.map { spans.ids[$0] })
        for sequence in RewardSequence.all(in: spans, named: summary.givenID, facts) {
            let steps = sequence.steps.compactMap { step -> JudgedSequence.Step? in
                guard let place = places[step.span], let body = bodies[place] else { return nil }
                unused.remove(step.span)
                let record = judged[step.span]
                return JudgedSequence.Step(
                    span: body, category: spans.traits[place].category,
                    value: record?.value ?? (own.contains(place) ? body.sourceReward : nil),
                    verdict: record?.verdict, record: record?.id)
            }
            guard steps.contains(where: { $0.value != nil }) else { continue }
            trace.sequences.append(JudgedSequence(trace: summary, id: sequence.id, steps: steps))
        }
        if !unused.isEmpty { trace.leftOut.append(("not a step", unused.count)) }
    }
}
