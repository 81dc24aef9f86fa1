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
    let journal: Journal?
    let book = Mutex(RewardBook())
    /// Spans that lost their last judgement since the store was opened, with what their source said before the first. A file
    /// that is followed may have been read again in between, with a reward that is not there any more.
    let takenBack = Mutex<[TraceID: [SpanID: Double?]]>([:])
    let deliveries = Mutex(Deliveries())
    /// Held while something is written back: one after the other, so that the last word is the last written.
    let turn = Mutex(())
    private let hasLoaded = Atomic(false)
    let latest = Mutex(StoreState())
    private let loadProblems = Mutex<[Problem]>([])

    package init(_ files: FileStore, _ options: JudgementOptions = JudgementOptions()) {
        self.files = files
        self.options = options
        journal = options.directory.map { Journal(in: $0) }
    }

    // MARK: Reading

    package func read() -> AsyncStream<StoreState> {
        let states = files.read()
        return AsyncStream { continuation in
            let task = Task {
                var retrying: Task<Void, Never>?
                for await state in states {
                    self.latest.withLock { $0 = state }
                    continuation.yield(self.judged(state))
                    if state.progress.isFinished, retrying == nil, self.options.isRetrying {
                        retrying = Task { await self.retryNowAndThen(continuation) }
                    }
                }
                // The first try is made in any case.
                retrying?.cancel()
                await retrying?.value
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Tries to bring what is pending to its sources once, and then every so often until the task is cancelled.
    private func retryNowAndThen(_ continuation: AsyncStream<StoreState>.Continuation) async {
        repeat {
            let tally = await retry()
            let refused = tally.refused.map { Problem(file: journal?.path ?? "", place: .whole, what: $0) }
            loadProblems.withLock { $0 += refused }
            if tally.hasNews { continuation.yield(judged(latest.withLock { $0 })) }
            do { try await Task.sleep(for: options.retryPeriod) } catch { return }
        } while !Task.isCancelled
    }

    /// What was judged before, here or beside the files, comes in once all of them are known.
    private func judged(_ state: StoreState) -> StoreState {
        var state = state
        if state.progress.isFinished, !hasLoaded.exchange(true, ordering: .relaxed) {
            let problems = load()
            loadProblems.withLock { $0 = problems }
        }
        for problem in loadProblems.withLock({ $0 }) { state.problems.add(problem) }
        let book = book.withLock { $0 }
        guard !book.isEmpty else { return state }
        let judged = Set(book.traces)
        let waiting = deliveries.withLock { $0.waitingTraces }
        var open: Set<TraceID> = []
        for (position, trace) in state.traces.ids.enumerated() where judged.contains(trace) {
            if let reward = book.reward(of: trace) { state.traces.rewards[position] = Float(reward) }
            state.traces.versions[position] &+= UInt32(truncatingIfNeeded: book.count(of: trace))
            if waiting.contains(trace) { open.insert(trace) }
        }
        deliveries.withLock { $0.show(open) }
        state.pending = pending
        state.rewardsVersion &+= UInt32(truncatingIfNeeded: book.records.count)
        return state
    }

    private func load() -> [Problem] {
        var problems = learn()
        for path in files.sidecars {
            let read = RewardFile(path: path).read()
            problems += read.problems
            book.withLock { book in for record in read.lines { book.add(record) } }
            let source = String(path.dropLast(FileStore.sidecarSuffix.utf8.count))
            deliveries.withLock { $0.meet(read.lines, beside: source) }
        }
        deliveries.withLock { $0.admit() }
        return problems
    }

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

    package func bodies(of spans: [SpanRef], limit: Int?) async -> [Result<SpanBody, StoreError>] {
        await files.bodies(of: spans, limit: limit)
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
        let found = try await identify(span)
        return try keep(draft(judgement, of: target(found.body, isWhole: isWhole), found))
    }

    func target(_ body: SpanBody, isWhole: Bool) -> RewardTarget {
        if let id = body.attributes.text("rl.triplet_id") { return .triplet(id, span: body.spanID, in: body.traceID) }
        if let id = body.attributes.text("asp.approval.request_id") {
            return .approval(id, span: body.spanID, in: body.traceID)
        }
        return isWhole ? .trace(body.traceID) : .span(body.spanID, in: body.traceID)
    }

    static var now: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    func isKnown(_ record: RewardID) -> Bool { book.withLock { $0.contains(record) } }

    /// What a target's judgements come to now; without any, what its source said before anybody judged here.
    func value(of target: RewardTarget) -> Double? {
        book.withLock { $0.value(of: target) ?? $0.former(of: target) }
    }

    func reward(of trace: TraceID) -> Double? { book.withLock { $0.reward(of: trace) } }
}
