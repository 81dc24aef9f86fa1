import Dispatch
import Glibc
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Goes on where reading ended: reads what is added to files, files that are written anew, and new ones in folders.
final class Follower: @unchecked Sendable {
    // Sendable: only its own thread touches what is in it.

    private let library: Library
    private let sources: [String]
    /// The file that has a path now.
    private var numbers: [String: UInt32] = [:]
    /// Scans that go on from where they ended.
    private var scans: [UInt32: SequentialScan] = [:]
    private var positions: [UInt32: UInt64] = [:]
    private var buffer = ScanBuffer()
    private var lineScanner: any TraceScanner

    init(_ library: Library, sources: [String]) {
        self.library = library
        self.sources = sources
        lineScanner = TraceFormat.otlpJSONLines.makeScanner(library.options.prices)
    }

    /// Until the library is cancelled.
    func run() {
        guard let watch = FolderWatch() else {
            return library.add(Problem(file: "", place: .whole, what: "files cannot be followed: \(SystemError.last)"))
        }
        for (number, entry) in library.contents.withLock({ $0.files }).enumerated() where entry.found.kind == .regular {
            numbers[entry.found.openPath] = UInt32(number)
            watch.add(Self.folder(of: entry.found.openPath))
        }
        for source in sources where isFolder(source) { watchFolders(in: source, watch) }
        while !library.isCancelled {
            let paths = watch.changes(milliseconds: 200)
            guard !paths.isEmpty else { continue }
            var hasNews = false
            for path in paths.sorted() { if take(path, watch) { hasNews = true } }
            if hasNews { show() }
        }
    }

    private static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    private func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// Folders that have no file of traces yet may get one.
    private func watchFolders(in path: String, _ watch: FolderWatch) {
        var waiting = [path.hasSuffix("/") ? String(path.dropLast()) : path]
        var seen = 0
        while let folder = waiting.popLast(), seen < 8192 {
            seen += 1
            watch.add(folder)
            guard let entries = opendir(folder) else { continue }
            defer { closedir(entries) }
            while let entry = readdir(entries) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if entry.pointee.d_type == UInt8(DT_DIR), !name.hasPrefix(".") { waiting.append("\(folder)/\(name)") }
            }
        }
    }

    // MARK: What changed

    /// Whether anything came of it.
    private func take(_ path: String, _ watch: FolderWatch) -> Bool {
        if path.hasSuffix(FileStore.sidecarSuffix) || path.contains(".spandrel-") { return false }
        // SQLite's own files beside a database tell that it changed.
        for suffix in ["-wal", "-shm", "-journal"] where path.hasSuffix(suffix) {
            guard suffix == "-wal", let number = numbers[String(path.dropLast(4))] else { return false }
            retire(number)
            return open(library.contents.withLock { $0.files[Int(number)].found })
        }
        if isFolder(path) {
            guard isWanted(path) else { return false }
            watchFolders(in: path, watch)
            var hasNews = false
            var walker = SourceWalker(
                found: { found in if self.open(found) { hasNews = true } }, problem: { _ in }, isCancelled: { false })
            walker.walk([path])
            return hasNews
        }
        // A file may be named relative to where the program was started.
        let known = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
        if let number = numbers[path] ?? numbers[known] { return goOn(number) }
        guard isWanted(path) else { return false }
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return false }
        let name = path.split(separator: "/").last ?? ""
        guard !name.hasPrefix(".") else { return false }
        return open(FoundFile(path: path, kind: .regular, identity: FileIdentity(info), isNamed: false))
    }

    /// Whether a path lies in a folder that was given.
    private func isWanted(_ path: String) -> Bool {
        sources.contains { source in path.hasPrefix(source.hasSuffix("/") ? source : source + "/") }
    }

    private func goOn(_ number: UInt32) -> Bool {
        let entry = library.contents.withLock { $0.files[Int(number)] }
        guard let file = try? OpenFile.open(entry.found.openPath), let status = try? file.status() else { return false }
        let identity = FileIdentity(status)
        guard identity != entry.identity else { return false }
        let isSame = identity.node == entry.identity.node
        // Written anew under its name, or cut off: another file from here on.
        guard isSame, identity.size >= (positions[number] ?? entry.scannedEnd) else {
            var found = entry.found
            found.identity = identity
            retire(number)
            return open(found)
        }
        guard let format = entry.format, entry.compression == .none else {
            return entry.format == nil ? open(entry.found) : false
        }
        library.contents.withLock { $0.files[Int(number)].identity = identity }
        if format.isLines { return scanLines(of: number, file, identity.size) }
        if ForeignFormat.of(format)?.shape == .lines {
            return goOnTranslating(number, entry, format, file, identity.size)
        }
        guard !format.isOTLP else { return false }
        retire(number)
        return open(entry.found)
    }

    /// Reads a file from its beginning, as a new one.
    private func open(_ found: FoundFile) -> Bool {
        let number = library.contents.withLock { $0.add(found) }
        numbers[found.openPath] = number
        let opener = FileOpener(library: library, number: number, found: found)
        switch opener.open(&buffer) {
        case .done(let delivery):
            // Of a file that somebody is writing, half is no problem yet.
            guard delivery.identity != nil, !delivery.batch.isEmpty else { return false }
            deliver(delivery, of: number)
        case .ready(let file, let format, let size, let from, let delivery):
            deliver(delivery, of: number)
            if format.isLines {
                positions[number] = from
                _ = scanLines(of: number, file, size)
            } else {
                let (stage, _) = FileJob.Stage.scanning(format, number, found, library)
                guard case .sequence(let scan) = stage else { return false }
                scans[number] = scan
                return scanOn(scan, file, number, to: size)
            }
        case .filling: return false
        }
        return true
    }

    // MARK: Scanning

    /// Whole lines only: what is not yet ended waits.
    private func scanLines(of number: UInt32, _ file: OpenFile, _ size: UInt64) -> Bool {
        let read = library.contents.withLock { $0.files[Int(number)].scannedEnd }
        guard let start = lineStart(before: positions[number] ?? read, file), let end = lineStart(before: size, file),
            end > start
        else { return false }
        positions[number] = end
        let chunk = LineChunk(range: start..<end, end: end, isEndOfFile: true)
        guard let (batch, _) = try? chunk.scan(file, with: &lineScanner, buffer: &buffer) else { return false }
        deliver(Delivery(batch: batch, bytes: end - start, scannedEnd: end), of: number)
        return true
    }

    private func goOnTranslating(
        _ number: UInt32, _ entry: FileEntry, _ format: TraceFormat, _ file: OpenFile, _ size: UInt64
    ) -> Bool {
        guard let end = lineStart(before: size, file) else { return false }
        if let scan = scans[number] { return scanOn(scan, file, number, to: end) }
        // The first time from the beginning, with a translator that stays.
        retire(number)
        let (stage, _) = FileJob.Stage.scanning(format, number, entry.found, library)
        guard case .sequence(let scan) = stage else { return false }
        scans[number] = scan
        return scanOn(scan, file, number, to: end)
    }

    private func scanOn(_ scan: SequentialScan, _ file: OpenFile, _ number: UInt32, to end: UInt64) -> Bool {
        guard end > scan.position else { return false }
        while let step = try? scan.scan(file, end: end, isWhole: true, buffer: &buffer) {
            deliver(Delivery(batch: step.batch, bytes: step.bytes, scannedEnd: scan.position), of: number)
            if step.isFinished { break }
        }
        positions[number] = scan.position
        return true
    }

    /// Where the last line that begins before a place begins, at the latest at that place.
    private func lineStart(before end: UInt64, _ file: OpenFile) -> UInt64? {
        var at = end
        while at > 0 {
            let start = at > 64 << 10 ? at - 64 << 10 : 0
            guard let bytes = try? file.read(Int(at - start), at: start) else { return nil }
            if let last = bytes.lastIndex(of: 10) { return start + UInt64(last) + 1 }
            at = start
        }
        return 0
    }

    private func deliver(_ delivery: Delivery, of number: UInt32) {
        library.contents.withLock { contents in
            if let identity = delivery.identity { contents.identify(number, as: identity.format, identity.compression) }
            contents.take(delivery, of: number)
        }
    }

    /// What was read of a file so far is not there any more.
    private func retire(_ number: UInt32) {
        scans[number] = nil
        positions[number] = 0
        library.contents.withLock { $0.retire(number) }
    }

    private func show() {
        if let (pass, spans) = library.contents.withLock({ $0.factsPass() }) {
            let facts = pass.run(spans: spans, workers: library.options.workers)
            library.contents.withLock { $0.take(facts) }
        }
        library.contents.withLock { $0.takeRewards() }
        library.showMore()
    }
}
