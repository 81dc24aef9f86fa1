package import FileStore
import Glibc
import Synchronization
import TraceFormats
package import TraceModel
package import TraceStore

/// A store of files whose traces can be judged: what was decided stands in the lists and trees, is safe in a journal, and is
/// written back to where the traces came from.
package final class JudgedStore: TraceStore {
    package let files: FileStore
    let options: JudgementOptions
    let book = Mutex(RewardBook())
    /// Spans that lost their last judgement since the store was opened, with what their source said before the first. A file
    /// that is followed may have been read again in between, with a reward that is not there any more.
    let takenBack = Mutex<[TraceID: [SpanID: Double?]]>([:])
    private let hasLoaded = Atomic(false)

    package init(_ files: FileStore, _ options: JudgementOptions = JudgementOptions()) {
        self.files = files
        self.options = options
    }

    // MARK: Reading

    package func read() -> AsyncStream<StoreState> {
        let states = files.read()
        return AsyncStream { continuation in
            let task = Task {
                for await state in states { continuation.yield(self.judged(state)) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// What was judged before, here or beside the files, comes in once all of them are known.
    private func judged(_ state: StoreState) -> StoreState {
        var state = state
        if state.progress.isFinished, !hasLoaded.exchange(true, ordering: .relaxed) {
            for problem in load() { state.problems.add(problem) }
        }
        let book = book.withLock { $0 }
        guard !book.isEmpty else { return state }
        let judged = Set(book.traces)
        for (position, trace) in state.traces.ids.enumerated() where judged.contains(trace) {
            if let reward = book.reward(of: trace) { state.traces.rewards[position] = Float(reward) }
        }
        return state
    }

    private func load() -> [Problem] {
        var problems: [Problem] = []
        var files = self.files.sidecars
        if let journal { files.append(journal.path) }
        for path in files {
            let read = RewardFile(path: path).read()
            problems += read.problems
            book.withLock { book in for record in read.records { book.add(record) } }
        }
        return problems
    }

    private var journal: RewardFile? { options.directory.map { RewardFile(path: $0 + "/journal.jsonl") } }

    package func cancelReading() { files.cancelReading() }

    package func spans(of trace: TraceID) async throws(StoreError) -> SpanTable {
        var table = try await files.spans(of: trace)
        let book = book.withLock { $0 }
        guard !book.isEmpty else { return table }
        let judged = book.parts(of: trace)
        let takenBack = takenBack.withLock { $0[trace] ?? [:] }
        for (position, span) in table.ids.enumerated() {
            guard let record = judged.spans[span], let value = record.value else { continue }
            table.rewards[Int32(position)] = Float(value)
            if record.strategy == .propagated { table.shared.handedDown.insert(Int32(position)) }
        }
        for (position, span) in table.ids.enumerated() {
            if let former = takenBack[span] { table.rewards[Int32(position)] = former.map { Float($0) } }
        }
        table.shared.whole = book.record(of: trace)?.value
        table.shared.sequences = judged.sequences.compactMapValues(\.value)
        if let root = table.parents.firstIndex(where: \.isZero), let value = book.record(of: trace)?.value {
            table.rewards[Int32(root)] = Float(value)
        }
        return table
    }

    package func body(of span: SpanRef, limit: Int?) async throws(StoreError) -> SpanBody {
        try await files.body(of: span, limit: limit)
    }

    package func raw(of span: SpanRef, limit: Int) async throws(StoreError) -> RawSpan {
        try await files.raw(of: span, limit: limit)
    }

    package func logs(of span: SpanID, in trace: TraceID) async throws(StoreError) -> [LogRecord] {
        try await files.logs(of: span, in: trace)
    }

    package func feed(after cursor: SpanFeed.Cursor?, limit: Int) async -> SpanFeed {
        await files.feed(after: cursor, limit: limit)
    }

    package func find(
        _ needle: SearchText, in trace: TraceID?, found: @escaping @Sendable ([SpanMatch]) -> Void
    ) async throws(StoreError) {
        try await files.find(needle, in: trace, found: found)
    }

    // MARK: Judging

    /// Every judgement that holds, of the traces that are open.
    package var standing: [RewardRecord] { book.withLock { $0.standing } }

    /// Judges a span, or with `isWhole` the trace that it is the root of. Returns once the disk has it.
    @discardableResult
    package func judge(
        _ span: SpanRef, isWhole: Bool, _ judgement: Judgement
    ) async throws(StoreError) -> JudgementReceipt {
        let body = try await files.body(of: span, limit: nil)
        return try keep(judgement, of: target(body, isWhole: isWhole), body, at: span)
    }

    /// Takes back the last judgement of the author, here and in its source.
    @discardableResult
    package func undo() async throws(StoreError) -> JudgementReceipt {
        guard let last = book.withLock({ $0.last(by: options.author) }) else {
            throw StoreError("there is nothing of \(options.author)'s to take back")
        }
        return try await takeBack(family(of: last))
    }

    /// The span that a judgement is written at.
    func place(of record: RewardRecord) async throws(StoreError) -> (ref: SpanRef, body: SpanBody) {
        let table = try await files.spans(of: record.target.trace)
        let position =
            record.target.span.flatMap { table.ids.firstIndex(of: $0) } ?? table.parents.firstIndex(where: \.isZero)
        guard let position else { throw StoreError("what was judged is not open any more") }
        return (table.refs[position], try await files.body(of: table.refs[position], limit: nil))
    }

    func target(_ body: SpanBody, isWhole: Bool) -> RewardTarget {
        if let id = body.text("rl.triplet_id") { return .triplet(id, span: body.spanID, in: body.traceID) }
        if let id = body.text("asp.approval.request_id") { return .approval(id, span: body.spanID, in: body.traceID) }
        return isWhole ? .trace(body.traceID) : .span(body.spanID, in: body.traceID)
    }

    func keep(
        _ judgement: Judgement, of target: RewardTarget, _ body: SpanBody, at span: SpanRef, supersedes: RewardID? = nil
    ) throws(StoreError) -> JudgementReceipt {
        if let value = judgement.value, !(0...1).contains(value) {
            throw StoreError("a reward is a number from 0 to 1, not \(value)")
        }
        let time = Self.now
        var generator = SystemRandomNumberGenerator()
        var record = RewardRecord(
            id: RewardID(at: time, using: &generator), target: target, value: judgement.value,
            verdict: judgement.verdict,
            strategy: judgement.strategy, author: judgement.author, authorKind: judgement.authorKind, createdAt: time)
        record.dimensions = judgement.dimensions
        record.propagatedFrom = judgement.propagatedFrom
        record.rationale = judgement.comment
        record.labels = judgement.labels
        record.dimensions = judgement.dimensions
        record.correction = judgement.correction
        record.rubric = judgement.rubric
        record.queue = judgement.queue
        record.elapsed = judgement.elapsed
        record.contentHash = judgement.contentHash
        record.supersedes = supersedes
        return try keep(record, body, at: span)
    }

    static var now: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    func isKnown(_ record: RewardID) -> Bool { book.withLock { $0.contains(record) } }

    /// Keeps a record, and writes it back where it is the one that counts.
    func keep(_ record: RewardRecord, _ body: SpanBody, at span: SpanRef) throws(StoreError) -> JudgementReceipt {
        guard !options.isReadOnly else { throw StoreError("--readonly: nothing can be judged") }
        guard let origin = files.origin(of: span) else { throw StoreError("nobody knows which file the span is from") }
        guard options.makeDirectory(), let journal else {
            throw StoreError("the journal of judgements cannot be written: \(options.directory ?? "HOME is not set")")
        }
        var record = record
        let target = record.target
        if record.supersedes == nil, record.former == nil, book.withLock({ $0.value(of: target) }) == nil {
            record.former = body.number(SpanVocabulary.reward)
        }
        // First where it cannot be lost, then where it belongs.
        try journal.append(record)
        book.withLock { $0.add(record) }
        noteTakenBack(target)
        files.hold(span)
        defer { files.adopt(span) }
        let place = try writeBack(record, before: value(of: target), body, origin, journal)
        return JudgementReceipt(
            record: record, place: place, value: value(of: target),
            trace: reward(of: target.trace) ?? value(of: .trace(target.trace)))
    }

    /// What a target's judgements come to now; without any, what its source said before anybody judged here.
    private func value(of target: RewardTarget) -> Double? {
        book.withLock { $0.value(of: target) ?? $0.former(of: target) }
    }

    func reward(of trace: TraceID) -> Double? { book.withLock { $0.reward(of: trace) } }

    /// Returns where it went.
    private func writeBack(
        _ record: RewardRecord, before: Double?, _ body: SpanBody, _ origin: FileOrigin, _ journal: RewardFile
    ) throws(StoreError) -> String {
        let value = record.verdict == .withdrawn ? before : record.value
        switch (origin.format, record.target) {
        case _ where !changesSource(record): break
        case (.mhc, .trace), (.mhc, .span):
            guard body.parentID.isZero, let id = body.text(SpanVocabulary.traceID) else { break }
            try NativeRewards.write(value, toCall: id, in: origin.path)
            return origin.path
        case (.rlTriplets, .triplet(let id, _, _)):
            let time = Self.utc(record.createdAt)
            try NativeRewards.write(
                value, toTriplets: [id], in: origin.path, at: time, by: "hitl:\(record.author)")
            return origin.path
        case (.aspTelemetry, .approval(let id, _, _)):
            guard record.verdict != .withdrawn else {
                throw StoreError("\(origin.path): a decision that ASP has cannot be taken back; decide again there")
            }
            let decision = record.verdict == .skip ? "deferred" : (record.value ?? 0) >= 0.5 ? "approved" : "rejected"
            let reason = record.rationale.isEmpty ? "\(decision) in Spandrel" : record.rationale
            try NativeRewards.decide(id, decision, by: record.author, because: reason, in: origin.path)
            return origin.path
        default: break
        }
        // A source that has no place for rewards has them beside it, or where it cannot be written, in the journal.
        let sidecar = RewardFile(path: origin.path + FileStore.sidecarSuffix)
        do throws(StoreError) {
            try sidecar.append(record)
            return sidecar.path
        } catch {
            return journal.path
        }
    }

    /// An older judgement that is taken over changes nothing where a later one counts, nor does a word without a value,
    /// but for one that takes back what was written, and for a request that waits for any.
    private func changesSource(_ record: RewardRecord) -> Bool {
        book.withLock { book in
            if record.verdict == .withdrawn { return record.supersedes.map { book.contains($0) } ?? false }
            if case .approval = record.target { return true }
            return record.value != nil && book.record(of: record.target)?.id == record.id
        }
    }

    /// As ASP writes times.
    private static func utc(_ time: Int64) -> String {
        var seconds = time_t(time / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S", &parts)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension SpanBody {
    fileprivate func number(_ key: String) -> Double? {
        for attribute in attributes where attribute.key == key {
            if case .double(let number) = attribute.value { return number }
        }
        return nil
    }

    fileprivate func text(_ key: String) -> String? {
        for attribute in attributes where attribute.key == key {
            if case .string(let text) = attribute.value, !text.isEmpty { return text }
        }
        return nil
    }
}
