import Glibc
import TraceFormats
import TraceModel
import TraceStore

/// Reads one file from front to back: a document, protobuf, anything packed, a pipe. What cannot be read at any place
/// goes to a spool first, which is scanned while it grows.
struct FileReading {
    private let found: FoundFile
    private let options: FileStoreOptions
    private let content: Monitor<StoreContent>
    private let publish: () -> Void

    private static let window = 4 << 20

    init(
        _ found: FoundFile, _ options: FileStoreOptions, _ content: Monitor<StoreContent>, publish: @escaping () -> Void
    ) {
        self.found = found
        self.options = options
        self.content = content
        self.publish = publish
    }

    func run(_ buffer: inout ScanBuffer) {
        content.withLock { $0.progress.filesRead += 1 }
        do {
            let file =
                try found.path == FoundFile.standardInput && found.kind == .stream
                ? OpenFile(borrowing: STDIN_FILENO) : OpenFile.open(found.openPath)
            if found.kind == .stream {
                try readThroughSpool(file, &buffer)
                return
            }
            let head = try ReadPipeline.head(of: file)
            if head.withUnsafeBytes({ Compression.recognise($0) }) != .none {
                try readThroughSpool(file, &buffer)
                return
            }
            guard let format = recognise(head, isWhole: UInt64(head.count) >= found.identity.size) else { return }
            let (number, unit) = begin(format, .none, spool: nil)
            let scan = SequentialScan(format, windowSize: min(options.chunk, Self.window))
            while !isCancelled {
                let step = try scan.scan(file, end: found.identity.size, isWhole: true, buffer: &buffer)
                deliver(step, bytes: step.bytes, number, unit)
                if step.isFinished { break }
            }
        } catch {
            report("cannot be read: \(error)")
        }
    }

    private var isCancelled: Bool { content.withLock { $0.isCancelled } }

    private func report(_ what: String, at place: Problem.Place = .whole) {
        content.withLock { $0.problems.add(Problem(file: found.name, place: place, what: what)) }
    }

    /// What the head is; what is none of ours is a problem unless it is prose in a folder.
    private func recognise(_ head: [UInt8], isWhole: Bool) -> TraceFormat? {
        switch head.withUnsafeBytes({ FormatRecogniser.recognise($0, isWhole: isWhole) }) {
        case .format(let format): return format
        case .unknown(let what, let isText):
            if found.isNamed || !isText { report(what) }
            return nil
        }
    }

    private func begin(_ format: TraceFormat, _ compression: Compression, spool: OpenFile?) -> (UInt32, Int) {
        content.withLock { content in
            let number = content.add(
                StoredFile(found: found, format: format, compression: compression, spool: spool))
            content.indexes.append(SpanIndex())
            return (number, content.indexes.count - 1)
        }
    }

    private func deliver(_ step: SequentialScan.Step, bytes: UInt64, _ number: UInt32, _ unit: Int) {
        let delivery = Delivery(batch: step.batch, bytes: bytes)
        content.withLock { $0.take(delivery, file: number, unit: unit) }
        if step.isCutShort { report("became shorter while it was read") }
        publish()
    }

    // MARK: Through a spool

    private func readThroughSpool(_ file: OpenFile, _ buffer: inout ScanBuffer) throws(SystemError) {
        var filling = try SpoolFilling(file, options)
        var scan: (SequentialScan, UInt32, Int)?
        var isWhole = false
        while !isWhole, !isCancelled {
            let before = filling.bytesRead
            var trouble: String?
            do {
                isWhole = try !filling.fill(upTo: scan == nil ? ReadPipeline.headSize : Self.window)
            } catch {
                trouble = error.description
                isWhole = true
            }
            if scan == nil {
                let head = try ReadPipeline.head(of: filling.spool)
                if filling.size == 0, trouble == nil { report("empty: there is nothing in it") }
                if filling.size > 0, let format = recognise(head, isWhole: isWhole) {
                    let (number, unit) = begin(format, filling.compression, spool: filling.spool)
                    scan = (SequentialScan(format, windowSize: min(options.chunk, Self.window)), number, unit)
                }
            }
            if let trouble { report(trouble, at: .byte(filling.bytesRead)) }
            guard let (scanner, number, unit) = scan else { return }
            var bytes = filling.bytesRead - before
            while !isCancelled {
                let step = try scanner.scan(filling.spool, end: filling.size, isWhole: isWhole, buffer: &buffer)
                deliver(step, bytes: bytes, number, unit)
                bytes = 0
                if step.isFinished || !isWhole && scanner.position + UInt64(scanner.windowSize) > filling.size { break }
            }
        }
    }
}
