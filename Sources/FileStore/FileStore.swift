import Dispatch
import Glibc
import Synchronization
import TraceModel
package import TraceStore

/// Files, folders and standard input as one store. Files are indexed where they are; spans are read from them when shown.
package final class FileStore: TraceStore {
    let content: Monitor<StoreContent>
    let options: FileStoreOptions
    private let sources: [String]

    package init(_ sources: [String], options: FileStoreOptions = FileStoreOptions()) {
        self.sources = sources
        self.options = options
        content = Monitor(StoreContent())
    }

    package func read() -> AsyncStream<StoreState> {
        let (stream, continuation) = AsyncStream.makeStream(of: StoreState.self, bufferingPolicy: .bufferingNewest(1))
        let publisher = Publisher(content, continuation)
        let thread = DispatchQueue(label: "spandrel.read", qos: .userInitiated)
        let pipeline = ReadPipeline(sources, options, content) { _ in publisher.offer() }
        thread.async { [self] in
            pipeline.run()
            finish()
            publisher.publish()
            continuation.finish()
        }
        return stream
    }

    private func finish() {
        // The pass is on a copy, so that the content can be read meanwhile.
        var settled = content.withLock { $0 }
        settled.settleFacts(workers: options.workers)
        content.withLock { content in
            content.catalog = settled.catalog
            content.indexes = settled.indexes
            content.progress.spans = settled.progress.spans
            content.progress.isFinished = true
            content.progress.isCancelled = content.isCancelled
        }
    }

    package func cancelReading() {
        content.withLock { $0.isCancelled = true }
    }
}

/// Hands out states, the first at once and later ones no more often than a person or a machine can use them.
private final class Publisher: Sendable {
    private let content: Monitor<StoreContent>
    private let continuation: AsyncStream<StoreState>.Continuation
    private let started = Clock.nanoseconds
    private let next = Mutex(UInt64(0))

    init(_ content: Monitor<StoreContent>, _ continuation: AsyncStream<StoreState>.Continuation) {
        self.content = content
        self.continuation = continuation
    }

    func offer() {
        let now = Clock.nanoseconds
        let isDue = next.withLock { next in
            guard now >= next else { return false }
            next = .max
            return true
        }
        guard isDue else { return }
        let traces = publish()
        // What a state costs is copied at the writer's next change: about 100 bytes a trace.
        next.withLock { $0 = now + max(100_000_000, UInt64(traces) * 500) }
    }

    @discardableResult
    func publish() -> Int {
        let state = content.withLock { content in
            StoreState(traces: content.catalog.table, progress: content.progress, problems: content.problems)
        }
        var timed = state
        let elapsed = Double(Clock.nanoseconds - started) / 1e9
        if elapsed > 0.05 { timed.progress.bytesPerSecond = Double(state.progress.bytesRead) / elapsed }
        continuation.yield(timed)
        return state.traces.count
    }
}

/// The machine's steady clock.
private enum Clock {
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
