import Dispatch
import Glibc
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Reads all sources with a few workers, and takes in what they find strictly in the order of the files, so that every
/// run comes to the same, whatever the number of workers.
final class ReadPipeline: @unchecked Sendable {
    // Sendable: the queue of work is behind a monitor, and so is the content; the rest does not change.

    /// A piece of work, and its turn.
    private enum Work {
        /// Lines of a large file.
        case lines(LineChunk, OpenFile, TraceFormat, file: UInt32, unit: Int)
        /// A whole file from front to back, to be opened and recognised by the worker.
        case file(FoundFile)
    }

    private struct Queue {
        var files: [FoundFile] = []
        var nextFile = 0
        /// Chunks of a large file that are yet to be handed out.
        var chunks: [Work] = []
        var nextTurn = 0
        var isWalked = false
    }

    private let sources: [String]
    private let options: FileStoreOptions
    private let content: Monitor<StoreContent>
    private let publish: @Sendable (Bool) -> Void
    private let queue = Monitor(Queue())
    /// The turn that may be taken in now.
    private let turn = Monitor(0)

    /// A file below this shares an index with others of its kind.
    private static let smallFile: UInt64 = 1 << 20
    static let headSize = 4 << 20

    init(
        _ sources: [String], _ options: FileStoreOptions, _ content: Monitor<StoreContent>,
        publish: @escaping @Sendable (Bool) -> Void
    ) {
        self.sources = sources
        self.options = options
        self.content = content
        self.publish = publish
    }

    /// Reads everything; returns when it is done or cancelled.
    func run() {
        var walker = SourceWalker(
            found: { file in
                self.queue.withLock { $0.files.append(file) }
                self.content.withLock { content in
                    content.progress.filesFound += 1
                    if file.kind == .regular {
                        content.progress.bytesTotal = (content.progress.bytesTotal ?? 0) + file.identity.size
                    }
                }
            },
            problem: { problem in self.content.withLock { $0.problems.add(problem) } },
            isCancelled: { self.isCancelled })
        walker.walk(sources)
        let hasStream = queue.withLock { queue in
            queue.isWalked = true
            return queue.files.contains { $0.kind == .stream }
        }
        if hasStream { content.withLock { $0.progress.bytesTotal = nil } }
        DispatchQueue.concurrentPerform(iterations: options.workers) { _ in work() }
    }

    private var isCancelled: Bool { content.withLock { $0.isCancelled } }

    private func work() {
        var buffer = ScanBuffer()
        var scanner: (any TraceScanner)?
        while !isCancelled, let (work, turn) = next() {
            switch work {
            case .lines(let chunk, let file, let format, let number, let unit):
                var lines = scanner ?? format.makeScanner()
                scan(chunk, file, number, unit, &lines, &buffer, turn)
                scanner = lines
            case .file(let found):
                readFile(found, &buffer, turn)
            }
        }
    }

    /// The next piece of work and its turn. A large file of lines is opened here and cut up.
    private func next() -> (Work, Int)? {
        queue.withLock { queue in
            while true {
                if let work = queue.chunks.popLast() {
                    defer { queue.nextTurn += 1 }
                    return (work, queue.nextTurn)
                }
                guard queue.nextFile < queue.files.count else { return nil }
                let found = queue.files[queue.nextFile]
                queue.nextFile += 1
                if found.kind == .regular, found.identity.size >= Self.smallFile, let chunks = cut(found) {
                    queue.chunks = chunks.reversed()
                    continue
                }
                defer { queue.nextTurn += 1 }
                return (.file(found), queue.nextTurn)
            }
        }
    }

    /// Chunks of a plain file of lines; nothing of any other file.
    private func cut(_ found: FoundFile) -> [Work]? {
        guard let file = try? OpenFile.open(found.openPath), let head = try? Self.head(of: file),
            case .format(let format) = Self.recognise(head, size: found.identity.size), format.isLines
        else { return nil }
        let stored = StoredFile(found: found, format: format, compression: .none, spool: nil)
        let (number, unit) = content.withLock { content in
            content.indexes.append(SpanIndex())
            content.progress.filesRead += 1
            return (content.add(stored), content.indexes.count - 1)
        }
        var works: [Work] = []
        var start: UInt64 = 0
        let end = found.identity.size
        while start < end {
            let size = works.count < 2 * options.workers ? options.firstChunk : options.chunk
            let stop = min(end, start + UInt64(size))
            let chunk = LineChunk(range: start..<stop, end: end, isEndOfFile: true)
            works.append(.lines(chunk, file, format, file: number, unit: unit))
            start = stop
        }
        return works
    }

    private func scan(
        _ chunk: LineChunk, _ file: OpenFile, _ number: UInt32, _ unit: Int, _ scanner: inout any TraceScanner,
        _ buffer: inout ScanBuffer, _ turn: Int
    ) {
        var delivery: Delivery
        do {
            let (batch, isCutShort) = try chunk.scan(file, with: &scanner, buffer: &buffer)
            delivery = Delivery(batch: batch, bytes: UInt64(chunk.range.count))
            if isCutShort { delivery.problems.append(problem(number, "became shorter while it was read")) }
        } catch {
            delivery = Delivery()
            delivery.problems.append(problem(number, "cannot be read: \(error)"))
        }
        inTurn(turn) {
            content.withLock { $0.take(delivery, file: number, unit: unit) }
        }
        publish(false)
    }

    private func problem(_ file: UInt32, _ what: String) -> Problem {
        Problem(file: content.withLock { $0.files[Int(file)].found.name }, place: .whole, what: what)
    }

    /// Waits until everything before has been taken in, then does `body`, then lets the next go on.
    private func inTurn(_ mine: Int, _ body: () -> Void) {
        while turn.wait(milliseconds: 1000, until: { $0 == mine ? true : nil }) == nil {}
        body()
        turn.withLock { $0 += 1 }
    }

    // MARK: A file from front to back

    private func readFile(_ found: FoundFile, _ buffer: inout ScanBuffer, _ turn: Int) {
        var isDone = false
        if found.kind == .regular, found.identity.size < Self.smallFile {
            // Small and plain, as most are: scanned at once, and only then waiting for the turn.
            isDone = readSmall(found, &buffer, turn)
        }
        guard !isDone else { return }
        while self.turn.wait(milliseconds: 1000, until: { $0 == turn ? true : nil }) == nil {}
        FileReading(found, options, content) { self.publish(false) }.run(&buffer)
        self.turn.withLock { $0 += 1 }
    }

    /// False where the file is not plain and has to be read another way.
    private func readSmall(_ found: FoundFile, _ buffer: inout ScanBuffer, _ turn: Int) -> Bool {
        guard let file = try? OpenFile.open(found.openPath) else { return false }
        let size = Int(found.identity.size)
        buffer.reserve(size)
        guard let count = try? file.read(into: buffer[0, count: size], at: 0) else { return false }
        let window = buffer.window(count)
        guard Compression.recognise(window) == .none,
            case .format(let format) = FormatRecogniser.recognise(window, isWhole: true)
        else { return false }
        var batch = SpanBatch()
        var scanner = format.makeScanner()
        _ = scanner.scan(window, at: 0, isLast: true, into: &batch)
        let delivery = Delivery(batch: batch, bytes: UInt64(count))
        inTurn(turn) {
            content.withLock { content in
                let stored = StoredFile(found: found, format: format, compression: .none, spool: nil)
                let number = content.add(stored)
                content.progress.filesRead += 1
                content.take(delivery, file: number, unit: 0)
            }
        }
        publish(false)
        return true
    }

    static func head(of file: OpenFile) throws(SystemError) -> [UInt8] {
        try file.read(headSize, at: 0)
    }

    static func recognise(_ head: [UInt8], size: UInt64) -> FormatRecogniser.Answer {
        head.withUnsafeBytes { bytes in
            guard Compression.recognise(bytes) == .none else { return .unknown("compressed", isText: false) }
            return FormatRecogniser.recognise(bytes, isWhole: UInt64(head.count) >= size)
        }
    }
}
