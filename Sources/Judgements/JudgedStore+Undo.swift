import FileStore
import Synchronization
import TraceModel
package import TraceStore

extension JudgedStore {
    /// Takes back the last judgement of the author, with all that came of it, here and in its source.
    @discardableResult
    package func undo() async throws(StoreError) -> JudgementReceipt {
        _ = learn()
        guard let last = book.withLock({ $0.last(by: options.author) }) else {
            throw StoreError("there is nothing of \(options.author)'s to take back")
        }
        return try await takeBack(family(of: last))
    }
}
