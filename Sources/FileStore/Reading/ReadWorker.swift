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
            case .records(let scan, let chunk, let number, let file):
                self.scan(scan, chunk, number: number, file, assignment)
            case .finish(let scan, let chunks): finish(scan, chunks: chunks, assignment)
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
            let (stage, problem) = FileJob.Stage.scanning(
                format, assignment.file, found, pipeline.library, byMany: true)
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
        let delivery = Self.delivery(of: chunk, file, assignment, pipeline, with: &lineScanner, &buffer)
        pipeline.deliver(delivery, assignment) { if delivery.isBroken { $0.stage = .closed } }
    }

    private mutating func scan(
        _ scan: RecordScan, _ chunk: LineChunk, number: Int, _ file: OpenFile, _ assignment: ReadPlan.Assignment
    ) {
        var scanner = scan.makeScanner(chunk: number)
        var delivery = Self.delivery(of: chunk, file, assignment, pipeline, with: &scanner, &buffer) { scanner, batch in
            scan.settle(scanner, chunk: number, before: chunk.range.upperBound, into: &batch)
        }
        if let copy = scan.copy, let problem = keep(chunk.range, of: file, in: copy, assignment) {
            delivery.fail(problem)
        }
        pipeline.deliver(delivery, assignment) { job in
            job.chunksAtWork -= 1
            if delivery.isBroken { job.stopChunking() }
        }
    }

    /// `settle` adds to what was scanned; it is given the scanner, or nothing where the chunk could not be read.
    private static func delivery(
        of chunk: LineChunk, _ file: OpenFile, _ assignment: ReadPlan.Assignment, _ pipeline: ReadPipeline,
        with scanner: inout any TraceScanner, _ buffer: inout ScanBuffer,
        settle: ((any TraceScanner)?, inout SpanBatch) -> Void = { _, _ in }
    ) -> Delivery {
        defer { buffer.shrink(to: pipeline.library.options.chunk) }
        let counted = assignment.countsBytes ? UInt64(chunk.range.count) : 0
        do {
            var (batch, isCutShort) = try chunk.scan(file, with: &scanner, buffer: &buffer)
            settle(scanner, &batch)
            var delivery = Delivery(batch: batch, bytes: counted, scannedEnd: chunk.range.upperBound)
            if isCutShort { delivery.fail(problem(FileOpener.shrunk, assignment, pipeline)) }
            return delivery
        } catch {
            var batch = SpanBatch()
            settle(nil, &batch)
            var delivery = Delivery(batch: batch, bytes: counted)
            delivery.fail(problem("cannot be read further: \(error)", assignment, pipeline))
            return delivery
        }
    }

    /// Why that was not possible.
    private mutating func keep(
        _ range: Range<UInt64>, of file: OpenFile, in copy: OpenFile, _ assignment: ReadPlan.Assignment
    ) -> Problem? {
        do {
            buffer.reserve(range.count)
            let count = try file.read(into: buffer[0, count: range.count], at: range.lowerBound)
            try copy.write(buffer.window(count), at: range.lowerBound)
            return nil
        } catch {
            return problem("cannot be kept as it was read: \(error)", assignment)
        }
    }

    private func finish(_ scan: RecordScan, chunks: Int, _ assignment: ReadPlan.Assignment) {
        var delivery = Delivery(batch: scan.finish(chunks: chunks))
        if let what = scan.spool.problem { delivery.fail(problem(what, assignment)) }
        pipeline.library.shelf.put(scan.spool.file, for: assignment.file, isTranslation: true, isOnlyCopy: false)
        pipeline.deliver(delivery, assignment)
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
        Self.problem(what, assignment, pipeline)
    }

    private static func problem(
        _ what: String, _ assignment: ReadPlan.Assignment, _ pipeline: ReadPipeline
    ) -> Problem {
        let name = pipeline.library.contents.withLock { $0.files[Int(assignment.file)].found.name }
        return Problem(file: name, place: .whole, what: what)
    }
}
