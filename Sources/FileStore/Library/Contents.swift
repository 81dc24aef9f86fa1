import TraceFormats
import TraceModel
import TraceStore

/// All that a `FileStore` has in memory. Held under one lock.
struct Contents: Sendable {
    /// The unit that all small files share.
    static let smallFiles = 0

    var files: [FileEntry] = []
    var indexes = [SpanIndex()]
    var catalog = TraceCatalog()
    var progress = ReadProgress()
    var problems = ProblemReport()

    /// Adds a file that was found. Its number is its place in the order of reading.
    mutating func add(_ found: FoundFile) -> UInt32 {
        files.append(FileEntry(found))
        progress.filesFound += 1
        if found.kind == .stream { hasStreams = true }
        bytesFound += found.kind == .stream ? 0 : found.identity.size
        progress.bytesTotal = hasStreams ? nil : bytesFound
        return UInt32(files.count - 1)
    }

    var rewardMeans = RewardMeans()
    private var bytesFound: UInt64 = 0
    private var hasStreams = false

    var state: StoreState {
        var state = StoreState(traces: catalog.table, progress: progress, problems: problems)
        state.rewardsVersion = rewardMeans.version
        return state
    }

    /// The memory that the next change after a snapshot copies.
    var snapshotCost: Int { catalog.count * 120 + catalog.table.strings.footprint }

    /// Adds a problem of a file. Line numbers of scanners are counted from the start of their batch.
    mutating func add(_ problem: Problem, of file: UInt32) {
        problems.add(problem)
        files[Int(file)].problems.add(problem)
    }
}
