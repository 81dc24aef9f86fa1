import Explorer
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceQuery
import TraceStore

extension Session {
    /// A span's body beyond that is not read, but for the root's, which the trace is about.
    private nonisolated static let bodyLimit = 1 << 20

    /// One after another, in the order of the keys.
    func judge(_ requests: [JudgementRequest]) {
        let (before, judge) = (judging, host.judge)
        judging = run { session in
            await before?.value
            do {
                // The screen does not wait for the disk.
                session.handle(.judged(try await Task.detached { try await judge(requests) }.value))
            } catch {
                session.handle(.judgeFailed(requests, "\(error)"))
            }
        }
    }

    func orderReview(_ queue: ReviewQueue, _ generation: Int) {
        let table = state.traces.table
        let decided = host.decided
        run { session in
            let (open, done) = await Task.detached { () -> ([UInt32], Int) in
                let decided = await decided(queue.name)
                let positions = queue.positions(in: table)
                guard !decided.isEmpty else { return (positions, 0) }
                let isDone = table.ids.map { decided.contains($0) }
                return (positions.filter { !isDone[Int($0)] }, isDone.count { $0 })
            }.value
            session.handle(.reviewOrdered(open, doneBefore: done, generation: generation))
        }
    }

    func readReviewItem(_ trace: TraceID) {
        let (store, standing) = (store, host.standing)
        run { session in
            let result = await Task.detached { await Self.item(trace, store, standing) }.value
            switch result {
            case .success(let item): session.handle(.reviewItemRead(item))
            case .failure(let error): session.handle(.reviewItemFailed(trace, error.description))
            }
        }
    }

    private nonisolated static func item(
        _ trace: TraceID, _ store: any TraceStore, _ standing: @Sendable (TraceID) async -> [RewardRecord]
    ) async -> Result<ReviewItem, StoreError> {
        do throws(StoreError) {
            let table = try await store.spans(of: trace)
            guard table.count > 0 else { throw StoreError("the trace has no spans") }
            let root = TraceDigest.root(of: table)
            var read: [Int: DigestSpan] = [:]
            for span in TraceDigest.wanted(table) {
                let limit = span == root ? nil : Self.bodyLimit
                // One that cannot be read, or is too long to, does not keep the others from being judged.
                guard let body = try? await store.body(of: table.refs[span], limit: limit) else { continue }
                read[span] = DigestSpan(body, JSONText.containers(in: body))
            }
            return .success(ReviewItem(table, TraceDigest(table, read), await standing(trace)))
        } catch {
            return .failure(error)
        }
    }

    // MARK: Writing

    /// What the person said of it before; of an output that nobody corrected, the output.
    func readDraft(_ purpose: WritingState.Purpose, _ request: JudgementRequest) {
        let (store, standing) = (store, host.standing)
        let author = state.review.setup.author
        run { session in
            let text = await Task.detached { () -> String in
                guard case .success(let item) = await Self.item(request.trace, store, standing) else { return "" }
                let position = request.span.flatMap { item.table.refs.firstIndex(of: $0) }
                let own = item.own(position.map { item.table.ids[$0] }, by: author)
                switch purpose {
                case .comment: return own?.rationale ?? ""
                case .correction:
                    if let correction = own?.correction { return correction }
                    guard let span = request.span else { return item.digest.outcome }
                    guard let body = try? await store.body(of: span, limit: Self.bodyLimit) else { return "" }
                    return DigestSpan(body, JSONText.containers(in: body)).answer ?? ""
                }
            }.value
            session.handle(.draftRead(request, text))
        }
    }

    func edit(_ text: String) {
        do {
            handle(.edited(try host.edit(text)))
        } catch {
            handle(.said("\(error)", isError: true))
        }
    }
}
