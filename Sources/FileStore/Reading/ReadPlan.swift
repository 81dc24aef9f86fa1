import TraceFormats

/// Which work there is, who has it, and what is to be taken in next. Held under the pipeline's monitor.
struct ReadPlan: Sendable {
    /// A piece of work on one file.
    enum Work: Sendable {
        case open(FoundFile)
        case chunk(LineChunk, OpenFile)
        case window(SequentialScan, OpenFile, end: UInt64, isWhole: Bool)
        case records(RecordScan, LineChunk, number: Int, OpenFile)
        /// What is left of records that were read in so many chunks.
        case finish(RecordScan, chunks: Int)
        case fill(SpoolFiller)
    }

    struct Assignment: Sendable {
        var file: UInt32
        /// The place of what comes of it among the file's deliveries; filling a spool has none.
        var number: Int
        var work: Work
        var countsBytes: Bool
    }

    enum Next: Sendable {
        case work(Assignment)
        case finished
    }

    /// Files that are open, or about to be, at once.
    private static let lookahead = 48
    /// Spools that are filled ahead of being scanned.
    private static let fillers = 3

    let options: FileStoreOptions
    private var queue: [(number: UInt32, found: FoundFile)] = []
    private var nextInQueue = 0
    /// In the order of reading.
    private(set) var jobs: [FileJob] = []
    private var isWalkFinished = false
    var isCancelled = false
    /// A worker takes deliveries in; the others leave theirs to it.
    var isTakingIn = false

    init(_ options: FileStoreOptions) {
        self.options = options
    }

    /// Deliveries that may wait: enough to keep everybody busy, and few enough to bound memory.
    private var limit: Int { options.workers * 2 + 4 }

    var isFinished: Bool {
        isCancelled || (isWalkFinished && jobs.isEmpty && nextInQueue == queue.count)
    }

    mutating func add(_ found: FoundFile, number: UInt32) {
        queue.append((number, found))
    }

    mutating func finishWalk() {
        isWalkFinished = true
    }

    /// Changes a file's job, where it still has one.
    mutating func update(_ file: UInt32, _ change: (inout FileJob) -> Void) {
        guard let position = jobs.firstIndex(where: { $0.number == file }) else { return }
        change(&jobs[position])
    }

    /// Work for one worker: of the earliest file that has some.
    mutating func next() -> Next? {
        dropDone()
        if isFinished { return .finished }
        admit()
        // Where several files can be read side by side, nobody waits for his turn at one.
        for isPatient in [false, true] {
            if let assignment = nextAssignment(isPatient: isPatient) { return .work(assignment) }
        }
        // A file may have turned out to be at its end while its next work was looked for.
        if let first = jobs.first, first.isDone { return next() }
        return nextFilling()
    }

    private mutating func nextAssignment(isPatient: Bool) -> Assignment? {
        let waiting = jobs.reduce(0) { $0 + $1.underway }
        for position in jobs.indices where isPatient || !jobs[position].isInTurns {
            // The first file always goes on, so that those behind it cannot stop it with what they have ready.
            guard (position == 0 ? jobs[0].underway : waiting) < limit else { continue }
            if let assignment = assignment(at: position) { return assignment }
        }
        return nil
    }

    private mutating func nextFilling() -> Next? {
        var fillers = 0
        for position in jobs.indices {
            guard let filler = jobs[position].filler, !jobs[position].isComplete else { continue }
            if fillers == Self.fillers { return nil }
            fillers += 1
            guard !jobs[position].isFilling, jobs[position].found.kind == .regular else { continue }
            jobs[position].isFilling = true
            return .work(Assignment(file: jobs[position].number, number: 0, work: .fill(filler), countsBytes: true))
        }
        return nil
    }

    /// The next deliveries of the first file, in order, until one is missing. Drops files that are done.
    mutating func nextDelivery() -> (file: UInt32, delivery: Delivery)? {
        while let job = jobs.first {
            if let delivery = job.ready[job.nextDelivery] {
                jobs[0].ready[job.nextDelivery] = nil
                jobs[0].nextDelivery += 1
                return (job.number, delivery)
            }
            guard job.isDone else { return nil }
            jobs.removeFirst()
        }
        return nil
    }

    private mutating func dropDone() {
        while let job = jobs.first, job.isDone { jobs.removeFirst() }
    }

    private mutating func admit() {
        while jobs.count < Self.lookahead, nextInQueue < queue.count {
            jobs.append(FileJob(number: queue[nextInQueue].number, found: queue[nextInQueue].found))
            nextInQueue += 1
        }
        if nextInQueue > 4096 {
            queue.removeFirst(nextInQueue)
            nextInQueue = 0
        }
    }

    private mutating func assignment(at position: Int) -> Assignment? {
        guard let work = work(at: position) else { return nil }
        defer { jobs[position].nextWork += 1 }
        return Assignment(
            file: jobs[position].number, number: jobs[position].nextWork, work: work,
            countsBytes: jobs[position].countsBytes)
    }

    private mutating func work(at position: Int) -> Work? {
        let job = jobs[position]
        switch job.stage {
        case .waiting:
            jobs[position].stage = .opening
            return .open(job.found)
        case .lines:
            guard let content = job.content else { return nil }
            let chunk = jobs[position].nextChunk(first: options.firstChunk, usual: options.chunk)
            if jobs[position].isChunked { jobs[position].stage = .closed }
            return chunk.map { .chunk($0, content) }
        case .records(let scan):
            guard let content = job.content else { return nil }
            if let chunk = jobs[position].nextChunk(first: options.firstChunk, usual: options.chunk) {
                jobs[position].chunksAtWork += 1
                return .records(scan, chunk, number: job.chunks, content)
            }
            guard job.isChunked else { return nil }
            jobs[position].stage = .closed
            return .finish(scan, chunks: job.chunks)
        case .sequence(let scan):
            guard let content = job.content, !job.isScanning, job.hasWindow(of: scan) else { return nil }
            jobs[position].isScanning = true
            return .window(scan, content, end: job.available, isWhole: job.isComplete)
        case .opening, .arriving, .closed: return nil
        }
    }
}
