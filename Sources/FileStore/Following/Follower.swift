import Dispatch
import Glibc
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Goes on where reading ended: reads what is added to files, files that are written anew, and new ones in folders.
final class Follower: @unchecked Sendable {
    // Sendable: only its own thread touches what is in it.

    let library: Library
    let sources: [String]
    /// The file that has a path now.
    var numbers: [String: UInt32] = [:]
    /// The file that was read last of each that is on the disk.
    var nodes: [FileIdentity.Node: UInt32] = [:]
    /// Scans that go on from where they ended.
    var scans: [UInt32: SequentialScan] = [:]
    var positions: [UInt32: UInt64] = [:]
    var buffer = ScanBuffer()
    var lineScanner: any TraceScanner

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
            nodes[entry.identity.node] = UInt32(number)
            watch.add(Self.folder(of: entry.found.openPath))
        }
        for source in sources where isFolder(source) { watchFolders(in: source, watch) }
        if catchUp() { show() }
        while !library.isCancelled {
            let paths = watch.changes(milliseconds: 200)
            guard !paths.isEmpty else { continue }
            var hasNews = false
            for path in paths.sorted() { if take(path, watch) { hasNews = true } }
            if hasNews { show() }
        }
    }

    /// Takes in what changed between being read and being watched.
    func catchUp() -> Bool {
        var hasNews = false
        for number in numbers.values.sorted() {
            let entry = library.contents.withLock { $0.files[Int(number)] }
            var info = stat()
            guard stat(entry.found.openPath, &info) == 0, FileIdentity(info) != entry.identity else { continue }
            if goOn(number) { hasNews = true }
        }
        var walker = SourceWalker(
            found: { found in
                if found.kind == .regular, self.numbers[found.openPath] == nil, self.open(found) { hasNews = true }
            }, problem: { _ in }, isCancelled: { self.library.isCancelled })
        walker.walk(sources.filter { isFolder($0) })
        return hasNews
    }

    static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// Folders that have no file of traces yet may get one.
    func watchFolders(in path: String, _ watch: FolderWatch) {
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

    func show() {
        if let (pass, spans) = library.contents.withLock({ $0.factsPass() }) {
            let facts = pass.run(spans: spans, workers: library.options.workers)
            library.contents.withLock { $0.take(facts) }
        }
        library.contents.withLock { $0.takeRewards() }
        library.showMore()
    }
}
