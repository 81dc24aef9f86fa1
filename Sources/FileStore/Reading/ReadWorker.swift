import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// One of the threads that read: takes work until there is none.
struct ReadWorker: ~Copyable {
    private let pipeline: ReadPipeline
    private var buffer = ScanBuffer()
    /// Lines stand for themselves, so one scanner serves chunk after chunk of any file.
    private var lineScanner: any TraceScanner

    init(_ pipeline: ReadPipeline) {
        self.pipeline = pipeline
        lineScanner = TraceFormat.otlpJSONLines.makeScanner(pipeline.library.options.prices)
    }

    mutating func run() {
        while let assignment = pipeline.nextAssignment() {
            switch assignment.work {
            case .open(let found): open(found, assignment)
            case .chunk(let chunk, let file): scan(chunk, file, assignment)
            case .window(let scan, let file, let end, let isWhole):
                self.scan(scan, file, end: end, isWhole: isWhole, assignment)
            case .fill(let filler): Self.fill(filler, pipeline, assignment.file, &buffer)
            }
        }
    }

    private mutating func open(_ found: FoundFile, _ assignment: ReadPlan.Assignment) {
        let opener = FileOpener(library: pipeline.library, number: assignment.file, found: found)
        defer { pipeline.library.contents.withLock { $0.progress.filesRead += 1 } }
        switch opener.open(&buffer) {
        case .done(let delivery):
            pipeline.deliver(delivery, assignment) { $0.stage = .closed }
        case .ready(let file, let format, let size, let from, let delivery):
            let (stage, problem) = FileJob.Stage.scanning(format, assignment.file, found, pipeline.library)
            var delivery = delivery
            if let problem { delivery.fail(problem) }
            pipeline.deliver(delivery, assignment) { job in
                job.content = file
                job.available = size
                job.lineEnd = size
                job.isComplete = true
                job.nextOffset = from
                job.stage = stage
            }
        case .filling(let filler):
            pipeline.deliver(Delivery(), assignment) { job in
                job.content = filler.spool
                job.filler = filler
                job.countsBytes = false
                job.stage = .arriving
            }
            // What has arrived of a stream can be read at once.
            if found.kind == .stream {
                pipeline.library.shelf.put(filler.spool, for: assignment.file, isOnlyCopy: true)
                Self.follow(filler, pipeline, assignment.file)
            }
        }
    }

    private mutating func scan(_ chunk: LineChunk, _ file: OpenFile, _ assignment: ReadPlan.Assignment) {
        let counted = assignment.countsBytes ? UInt64(chunk.range.count) : 0
        var delivery: Delivery
        do {
            let (batch, isCutShort) = try chunk.scan(file, with: &lineScanner, buffer: &buffer)
            delivery = Delivery(batch: batch, bytes: counted, scannedEnd: chunk.range.upperBound)
            if isCutShort { delivery.fail(problem(FileOpener.shrunk, assignment)) }
        } catch {
            delivery = Delivery(problem("cannot be read further: \(error)", assignment), bytes: counted)
        }
        let isBroken = delivery.isBroken
        buffer.shrink(to: pipeline.library.options.chunk)
        pipeline.deliver(delivery, assignment) { if isBroken { $0.stage = .closed } }
    }

    private mutating func scan(
        _ scan: SequentialScan, _ file: OpenFile, end: UInt64, isWhole: Bool, _ assignment: ReadPlan.Assignment
    ) {
        var delivery: Delivery
        var isFailed = false
        do {
            let step = try scan.scan(file, end: end, isWhole: isWhole, buffer: &buffer) { isFinished in
                pipeline.plan.withLock { $0.update(assignment.file) { $0.pass(isFinished: isFinished) } }
            }
            delivery = Delivery(
                batch: step.batch, bytes: assignment.countsBytes ? step.bytes : 0, scannedEnd: step.end)
            if step.isCutShort { delivery.fail(problem(FileOpener.shrunk, assignment)) }
            if let spool = scan.spool {
                if let what = spool.problem { delivery.fail(problem(what, assignment)) }
                if step.isFinished {
                    let format = pipeline.library.contents.withLock { $0.files[Int(assignment.file)].format }
                    pipeline.library.shelf.put(
                        spool.file, for: assignment.file, isTranslation: true, isOnlyCopy: format?.isRewritten == true)
                }
            }
        } catch {
            delivery = Delivery(problem("cannot be read further: \(error)", assignment))
            isFailed = true
        }
        pipeline.deliver(delivery, assignment) { if isFailed { $0.pass(isFinished: true) } }
    }

    private func problem(_ what: String, _ assignment: ReadPlan.Assignment) -> Problem {
        let name = pipeline.library.contents.withLock { $0.files[Int(assignment.file)].found.name }
        return Problem(file: name, place: .whole, what: what)
    }
}
