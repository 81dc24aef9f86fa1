import Dispatch
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

extension ReadWorker {
    /// A stream gives its bytes when it likes, so a thread of its own waits for them.
    static func follow(_ filler: SpoolFiller, _ pipeline: ReadPipeline, _ file: UInt32) {
        DispatchQueue(label: "spandrel.stream").async {
            var buffer = ScanBuffer()
            while !filler.isComplete {
                if pipeline.library.isCancelled { filler.stop() }
                fill(filler, pipeline, file, &buffer)
            }
        }
    }

    /// Fills on, finds out what the spool holds as soon as that can be told, and lets the others at it.
    static func fill(_ filler: SpoolFiller, _ pipeline: ReadPipeline, _ file: UInt32, _ buffer: inout ScanBuffer) {
        let library = pipeline.library
        let before = filler.consumed
        filler.fill(library.options.chunk)
        let arrived = filler.consumed - before
        let found = library.contents.withLock { contents in
            contents.progress.bytesRead += arrived
            return contents.files[Int(file)].found
        }
        let answer = answer(of: filler, &buffer)
        if case .unknown = answer { filler.stop() }
        if filler.isComplete { library.shelf.put(filler.spool, for: file, isOnlyCopy: found.kind == .stream) }
        pipeline.plan.withLock { plan in
            plan.update(file) { $0.take(filler, answer, library) }
        }
        pipeline.takeIn()
        library.showIfDue(hasNews: arrived > 0)
    }

    /// Nothing while more has to arrive before it can be told.
    private static func answer(of filler: SpoolFiller, _ buffer: inout ScanBuffer) -> FormatRecogniser.Answer? {
        guard let answer = try? FileOpener.recognise(filler, &buffer) else { return nil }
        if case .unknown = answer, !filler.isComplete, filler.length < FileOpener.headSize { return nil }
        return answer
    }
}

extension FileJob {
    /// Takes note of how far a spool is filled and, the first time that it can be told, of what is in it.
    fileprivate mutating func take(_ filler: SpoolFiller, _ answer: FormatRecogniser.Answer?, _ library: Library) {
        isFilling = false
        available = filler.length
        lineEnd = filler.lineEnd
        isComplete = filler.isComplete
        if case .arriving = stage { identify(filler, answer, library) }
        guard isComplete else { return }
        self.filler = nil
        if let problem = filler.problem { enqueue(problem) }
    }

    private mutating func identify(
        _ filler: SpoolFiller, _ answer: FormatRecogniser.Answer?, _ library: Library
    ) {
        switch answer {
        case .format(let format):
            var delivery = Delivery()
            delivery.identity = (format, filler.compression ?? .none)
            enqueue(delivery)
            let (stage, problem) = Stage.scanning(format, number, found, library, byMany: true)
            self.stage = stage
            if let problem { enqueue(Delivery(problem)) }
        case .unknown(let what, let isText):
            if found.isNamed || !isText, filler.problem == nil { enqueue(what) }
            stage = .closed
        case nil:
            if isComplete { stage = .closed }
        }
    }

    private mutating func enqueue(_ problem: String) {
        enqueue(Delivery(Problem(file: found.name, place: .whole, what: problem)))
    }
}
