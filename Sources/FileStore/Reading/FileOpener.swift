import Glibc
import Synchronization
import TraceFormats
import TraceModel

/// Looks what a file is, and reads it at once where it is small.
struct FileOpener: Sendable {
    /// What a file turned out to be.
    enum Outcome {
        /// All there is of it.
        case done(Delivery)
        /// To be scanned as it stands; what `delivery` has comes first.
        case ready(OpenFile, TraceFormat, size: UInt64, from: UInt64, Delivery)
        /// To be unpacked or copied first.
        case filling(SpoolFiller)
    }

    /// What the recogniser looks at, and so much more where the first line is longer.
    static let headSize = 64 << 10
    private static let longestFirstLine = 16 << 20

    let library: Library
    let number: UInt32
    let found: FoundFile

    func open(_ buffer: inout ScanBuffer) -> Outcome {
        do {
            return try look(&buffer)
        } catch {
            return .done(failure("cannot be read: \(error)", bytes: found.identity.size))
        }
    }

    private func look(_ buffer: inout ScanBuffer) throws(SystemError) -> Outcome {
        if found.kind == .stream { return try openStream() }
        // Judgements are no traces.
        if found.path.hasSuffix(FileStore.sidecarSuffix), !found.isNamed {
            return .done(Delivery(bytes: found.identity.size))
        }
        let file = try OpenFile.open(found.openPath)
        let identity = FileIdentity(try file.status())
        library.contents.withLock { $0.files[Int(number)].identity = identity }
        guard identity.size > 0 else {
            return .done(found.isNamed ? failure("empty: there is nothing in it", bytes: 0) : Delivery())
        }
        if let outcome = openKept(file, identity) { return outcome }
        let head = try Self.readHead(file, size: identity.size, &buffer)
        if let container = Self.container(buffer.window(head)) { return .done(try read(container, identity)) }
        let compression = Compression.recognise(buffer.window(head))
        guard compression == .none else { return try unpack(file, compression, identity, &buffer) }
        let answer = FormatRecogniser.recognise(buffer.window(head), isWhole: UInt64(head) == identity.size)
        switch answer {
        case .unknown(let what, let isText): return .done(refusal(what, isText: isText, bytes: identity.size))
        case .format(let format):
            // What is made of a file that may change meanwhile is kept, however small it is.
            if identity.size < UInt64(library.options.smallFile), !format.isRewritten {
                return .done(try scanWhole(file, format, .none, size: identity.size, bytes: identity.size, &buffer))
            }
            var delivery = Delivery()
            delivery.identity = (format, .none)
            return .ready(file, format, size: identity.size, from: 0, delivery)
        }
    }

    private func openStream() throws(SystemError) -> Outcome {
        let file =
            found.path == FoundFile.standardInput
            ? OpenFile(borrowing: STDIN_FILENO) : try OpenFile.open(found.openPath, flags: O_RDONLY | O_NONBLOCK)
        let spool = try Spool.open(in: library.options.spoolDirectory)
        let input = FillerInput(file, isStream: true)
        return .filling(SpoolFiller(input, compression: nil, spool: spool, limits: library.options.unpacking))
    }

    private func openKept(_ file: OpenFile, _ identity: FileIdentity) -> Outcome? {
        guard
            let cache = library.cache, identity.size >= library.options.cacheThreshold,
            let kept = cache.load(
                path: found.openPath, file: file, identity: identity, workers: library.options.workers)
        else { return nil }
        var delivery = Delivery(scannedEnd: kept.scannedEnd)
        delivery.identity = (kept.format, kept.compression)
        delivery.bytes = kept.sourceSize
        let format = kept.format
        let from = kept.sourceSize
        delivery.kept = kept
        if from == identity.size { return .done(delivery) }
        return .ready(file, format, size: identity.size, from: from, delivery)
    }

    /// A small file is unpacked here; of a large one the rest is left to others.
    private func unpack(
        _ file: OpenFile, _ compression: Compression, _ identity: FileIdentity, _ buffer: inout ScanBuffer
    ) throws(SystemError) -> Outcome {
        let spool = try Spool.open(in: library.options.spoolDirectory)
        let input = FillerInput(file, isStream: false)
        let filler = SpoolFiller(input, compression: compression, spool: spool, limits: library.options.unpacking)
        guard identity.size < UInt64(library.options.smallFile) else { return .filling(filler) }
        filler.fill(library.options.smallFile)
        guard filler.isComplete else { return .filling(filler) }
        return .done(try scanSmall(filler, identity, &buffer))
    }

    private func scanSmall(
        _ filler: SpoolFiller, _ identity: FileIdentity, _ buffer: inout ScanBuffer
    ) throws(SystemError) -> Delivery {
        let format: TraceFormat
        switch try Self.recognise(filler, &buffer) {
        case .format(let known): format = known
        case .unknown(let what, let isText):
            if let problem = filler.problem { return failure(problem, bytes: identity.size) }
            return refusal(what, isText: isText, bytes: identity.size)
        }
        let compression = filler.compression ?? .none
        var delivery = try scanWhole(
            filler.spool, format, compression, size: filler.length, bytes: identity.size, &buffer)
        if let problem = filler.problem { delivery.fail(self.problem(problem)) }
        return delivery
    }

    private func scanWhole(
        _ file: OpenFile, _ format: TraceFormat, _ compression: Compression, size: UInt64, bytes: UInt64,
        _ buffer: inout ScanBuffer
    ) throws(SystemError) -> Delivery {
        buffer.reserve(Int(size))
        let count = try file.read(into: buffer[0, count: Int(size)], at: 0)
        var scanner = makeScanner(format)
        var batch = SpanBatch()
        _ = scanner.scan(buffer.window(count), at: 0, isLast: true, into: &batch)
        var delivery = Delivery(batch: batch, bytes: bytes, scannedEnd: UInt64(count))
        delivery.identity = (format, compression)
        delivery.isSmallFile = true
        if UInt64(count) < size { delivery.fail(problem(Self.shrunk)) }
        return delivery
    }

    /// What comes of translating a small file is not kept: it is made again when it is wanted.
    private func makeScanner(_ format: TraceFormat) -> any TraceScanner {
        let identity = library.contents.withLock { $0.files[Int(number)].identity }
        let prices = library.options.prices
        return TranslatingScanner(format, library.source(of: found, identity), prices)
            ?? format.makeScanner(prices)
    }

    /// What is in a spool, by as much of it as there is.
    static func recognise(_ filler: SpoolFiller, _ buffer: inout ScanBuffer) throws(SystemError)
        -> FormatRecogniser.Answer
    {
        let count = try readHead(filler.spool, size: filler.length, &buffer)
        return FormatRecogniser.recognise(
            buffer.window(count), isWhole: filler.isComplete && UInt64(count) == filler.length)
    }

    /// Reads the beginning of a file, up to beyond its first line. Returns how many bytes that are.
    private static func readHead(
        _ file: OpenFile, size: UInt64, _ buffer: inout ScanBuffer
    ) throws(SystemError) -> Int {
        var count = 0
        var wanted = Int(min(size, UInt64(headSize)))
        while true {
            buffer.reserve(wanted, keeping: count)
            let read = try file.read(into: buffer[count, count: wanted - count], at: UInt64(count))
            let hasLine = buffer[count, count: read].contains(UInt8(ascii: "\n"))
            count += read
            let isText = count > 0 && buffer[0, count: 1][0] == UInt8(ascii: "{")
            guard isText, !hasLine, read > 0, count < longestFirstLine, UInt64(count) < size else { return count }
            wanted = Int(min(size, UInt64(count * 4)))
        }
    }

    static let shrunk = "became shorter while it was read; open it again to see what it is now"

    /// Of prose in a folder nothing is said: folders have READMEs.
    func refusal(_ what: String, isText: Bool, bytes: UInt64) -> Delivery {
        found.isNamed || !isText ? failure(what, bytes: bytes) : Delivery(bytes: bytes)
    }

    private func failure(_ what: String, bytes: UInt64) -> Delivery {
        Delivery(problem(what), bytes: bytes)
    }

    func problem(_ what: String) -> Problem {
        Problem(file: found.name, place: .whole, what: what)
    }
}
