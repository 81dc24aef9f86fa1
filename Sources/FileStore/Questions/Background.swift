import Dispatch
import Synchronization
import TraceStore

/// Work that waits for disks, done where nobody else waits for it.
enum Background {
    /// Runs `work` on a thread of its own. It is told when its task is cancelled, and should then end soon.
    static func run<Result: Sendable>(
        _ work: @escaping @Sendable (CancelMark) throws(StoreError) -> Result
    ) async throws(StoreError) -> Result {
        let mark = CancelMark()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation {
                (continuation: CheckedContinuation<Swift.Result<Result, StoreError>, Never>) in
                DispatchQueue.global(qos: .userInitiated).async {
                    continuation.resume(returning: Swift.Result { () throws(StoreError) in try work(mark) })
                }
            }
        } onCancel: {
            mark.cancel()
        }
        return try result.get()
    }
}

extension Background {
    /// The same for work that cannot fail.
    static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async { continuation.resume(returning: work()) }
        }
    }
}

/// Whether the one who asked has lost interest.
final class CancelMark: Sendable {
    private let mark = Atomic(false)

    var isCancelled: Bool { mark.load(ordering: .relaxed) }

    func cancel() {
        mark.store(true, ordering: .relaxed)
    }
}
