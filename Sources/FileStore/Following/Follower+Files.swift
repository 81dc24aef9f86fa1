import Glibc
import Synchronization
import TraceFormats
import TraceModel

extension Follower {
    /// Whether anything came of it.
    func take(_ path: String, _ watch: FolderWatch) -> Bool {
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
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return false }
        if let number = renamed(FileIdentity(info), to: known) { return goOn(number) }
        if let number = numbers[path] ?? numbers[known] { return goOn(number) }
        guard isWanted(known) else { return false }
        let name = path.split(separator: "/").last ?? ""
        guard !name.hasPrefix(".") else { return false }
        return open(FoundFile(path: path, kind: .regular, identity: FileIdentity(info), isNamed: false))
    }

    /// The file that was read under another name which it has no more, and has this one now.
    func renamed(_ identity: FileIdentity, to path: String) -> UInt32? {
        // Where a file is gone, another may be given its number: only what is unchanged otherwise is the same.
        guard let number = nodes[identity.node] else { return nil }
        let entry = library.contents.withLock { $0.files[Int(number)] }
        guard entry.identity == identity, entry.found.openPath != path else { return nil }
        var other = stat()
        if stat(entry.found.openPath, &other) == 0, FileIdentity(other).node == identity.node { return nil }
        if numbers[entry.found.openPath] == number { numbers[entry.found.openPath] = nil }
        library.contents.withLock { $0.files[Int(number)].found.path = path }
        numbers[path] = number
        return number
    }

    /// Finds a file that has lost its name among its former neighbours. Whether it is there, as it was.
    func follow(_ entry: FileEntry, _ number: UInt32) -> Bool {
        let folder = Self.folder(of: entry.found.openPath)
        guard let entries = opendir(folder) else { return false }
        defer { closedir(entries) }
        while let neighbour = readdir(entries) {
            guard UInt64(neighbour.pointee.d_ino) == entry.identity.inode else { continue }
            let name = withUnsafePointer(to: &neighbour.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            let path = entry.found.openPath.contains("/") ? "\(folder)/\(name)" : name
            var info = stat()
            guard stat(path, &info) == 0 else { return false }
            return renamed(FileIdentity(info), to: path) == number
        }
        return false
    }

    /// Whether a path was given, or lies in a folder that was.
    func isWanted(_ path: String) -> Bool {
        sources.contains { source in path == source || path.hasPrefix(source.hasSuffix("/") ? source : source + "/") }
    }

    func goOn(_ number: UInt32) -> Bool {
        let entry = library.contents.withLock { $0.files[Int(number)] }
        guard let file = try? OpenFile.open(entry.found.openPath), let status = try? file.status() else { return false }
        let identity = FileIdentity(status)
        guard identity != entry.identity else { return false }
        let isSame = identity.node == entry.identity.node
        // Written anew under its name, or cut off: another file from here on.
        guard isSame, identity.size >= (positions[number] ?? entry.scannedEnd) else {
            var found = entry.found
            found.identity = identity
            if isSame || !follow(entry, number) { retire(number) }
            return open(found)
        }
        guard let format = entry.format, entry.compression == .none else {
            return entry.format == nil ? open(entry.found) : false
        }
        library.contents.withLock { $0.files[Int(number)].identity = identity }
        if format.isLines { return scanLines(of: number, file, identity.size) }
        if ForeignFormat.of(format)?.shape == .lines {
            guard let end = lineStart(before: identity.size, file) else { return false }
            return goOnScanning(number, entry, format, file, to: end)
        }
        if format.isMessageStream { return goOnScanning(number, entry, format, file, to: identity.size) }
        retire(number)
        return open(entry.found)
    }

    /// Reads a file from its beginning, as a new one.
    func open(_ found: FoundFile) -> Bool {
        let number = library.contents.withLock { $0.add(found) }
        numbers[found.openPath] = number
        nodes[found.identity.node] = number
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
                return scanOn(scan, file, number, to: size, isWhole: !format.isMessageStream)
            }
        case .filling(let filler): return unpack(filler, found, number)
        }
        return true
    }

    func unpack(_ filler: SpoolFiller, _ found: FoundFile, _ number: UInt32) -> Bool {
        while !filler.isComplete, !library.isCancelled { filler.fill(library.options.chunk) }
        guard filler.problem == nil, let answer = try? FileOpener.recognise(filler, &buffer),
            case .format(let format) = answer
        else { return false }
        library.shelf.put(filler.spool, for: number, isOnlyCopy: false)
        library.contents.withLock { $0.identify(number, as: format, filler.compression ?? .none) }
        if format.isLines { return scanLines(of: number, filler.spool, filler.length) }
        guard case .sequence(let scan) = FileJob.Stage.scanning(format, number, found, library).stage else {
            return false
        }
        return scanOn(scan, filler.spool, number, to: filler.length, isWhole: true)
    }
}
