import Cells
import Configuration
import FileStore
import Judgements
import TraceModel
import TraceStore

/// Reading everything before the work begins, as commands without a screen do.
enum Reading {
    /// Reads it all, and says on standard error what could not be read. Throws where nothing could.
    static func all(_ sources: [String]) async throws(Failure) -> (store: JudgedStore, state: StoreState) {
        let store = JudgedStore(FileStore(sources, options: try options()))
        var last = StoreState()
        for await state in store.read() { last = state }
        complain(last.problems)
        guard last.traces.count > 0 else { throw .nothing("no traces could be read") }
        return (store, last)
    }

    /// How files are read, as the person has set it.
    static func options(isFollowing: Bool = false) throws(Failure) -> FileStoreOptions {
        var options = FileStoreOptions()
        options.isFollowing = isFollowing
        do {
            options.prices = try Settings.load().prices
        } catch {
            throw .usage(error.description)
        }
        return options
    }

    /// Of many of one kind, as a folder of other things has, only the first are named.
    static func complain(_ problems: ProblemReport) {
        var counts: [String: Int] = [:]
        for problem in problems.first {
            let kind = problem.kind
            counts[kind, default: 0] += 1
            if counts[kind, default: 0] <= named { Output.complain(Display.printable(problem.description)) }
        }
        guard problems.count > 0 else { return }
        let told = counts.values.reduce(0) { $0 + min($1, named) }
        let more =
            told < problems.count
            ? ", of which the first of each kind are shown; spandrel check tells of each file" : ""
        Output.complain("\(problems.count) \(problems.count == 1 ? "problem" : "problems")\(more)")
    }

    private static let named = 3
}
