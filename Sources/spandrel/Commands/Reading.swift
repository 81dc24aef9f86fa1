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

    static func complain(_ problems: ProblemReport) {
        for problem in problems.first { Output.complain(Display.printable(problem.description)) }
        guard problems.count > 0 else { return }
        let rest = problems.count - problems.first.count
        let more = rest > 0 ? ", of which \(rest) are not shown" : ""
        Output.complain("\(problems.count) \(problems.count == 1 ? "problem" : "problems")\(more)")
    }
}
