import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// The contents of a store, and those who watch them.
final class Library: Sendable {
    let options: FileStoreOptions
    let contents = Mutex(Contents())
    let shelf: SpoolShelf
    let records = RecordReader()
    let pieces = PieceLookup()
    /// The folders of files that are translated, by path.
    let folders = Mutex<[String: TranslationFolder]>([:])
    private let audience = Mutex(Audience())
    private let isCancelledFlag = Atomic(false)

    private struct Audience {
        var watchers: [AsyncStream<StoreState>.Continuation] = []
        var started = Clock.now
        var lastState: UInt64 = 0
        var hasNews = false
        var hasShown = false
        var isOver = false
    }

    init(_ options: FileStoreOptions) {
        self.options = options
        shelf = SpoolShelf(options)
    }

    var isCancelled: Bool { isCancelledFlag.load(ordering: .relaxed) }

    func cancel() {
        isCancelledFlag.store(true, ordering: .relaxed)
    }

    /// Who watches from now on is told of every state; after the last one, of that alone.
    func watch(_ watcher: AsyncStream<StoreState>.Continuation) {
        audience.withLock { audience in
            if audience.isOver, !options.isFollowing {
                watcher.yield(contents.withLock { $0.state })
                watcher.finish()
            } else {
                audience.watchers.append(watcher)
            }
        }
    }

    func add(_ problem: Problem) {
        contents.withLock { $0.problems.add(problem) }
    }

    /// Tells the watchers of what is new, where the last time is long enough ago and something is.
    func showIfDue(hasNews: Bool) {
        audience.withLock { audience in
            if hasNews { audience.hasNews = true }
            guard audience.hasNews, !audience.isOver else { return }
            let now = Clock.now
            let (spans, cost) = contents.withLock { ($0.progress.spans, $0.snapshotCost) }
            // Copying what a watcher holds, at two bytes a nanosecond, shall cost a tenth of the time at most.
            let period = max(options.statePeriod * 1_000_000, cost * 5)
            let isFirst = !audience.hasShown && spans > 0
            guard isFirst || now - audience.lastState >= UInt64(period) else { return }
            if spans > 0 { audience.hasShown = true }
            show(&audience, now: now)
        }
    }

    /// Shows the last state: nothing of it is provisional.
    func showLast() {
        audience.withLock { audience in
            contents.withLock {
                $0.progress.isFinished = true
                $0.progress.isCancelled = isCancelled
            }
            show(&audience, now: Clock.now)
            audience.isOver = true
        }
    }

    /// Shows what came after the last state, in a store that is followed.
    func showMore() {
        audience.withLock { show(&$0, now: Clock.now) }
    }

    /// Nothing follows the last state.
    func finish() {
        audience.withLock { audience in
            for watcher in audience.watchers { watcher.finish() }
            audience.watchers = []
        }
    }

    private func show(_ audience: inout Audience, now: UInt64) {
        let elapsed = Double(max(now - audience.started, 1)) / 1e9
        let state = contents.withLock { contents in
            contents.progress.bytesPerSecond = Double(contents.progress.bytesRead) / elapsed
            return contents.state
        }
        for watcher in audience.watchers { watcher.yield(state) }
        audience.lastState = now
        audience.hasNews = false
    }
}
