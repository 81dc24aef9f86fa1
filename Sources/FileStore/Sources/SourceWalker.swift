import Glibc
import TraceModel

/// Finds the files behind the paths that were given. Folders are walked to the bottom, by name, without hidden entries.
///
/// A file or folder that is met twice, through a link or a loop of links, is taken once: it is known by its device and
/// its inode.
struct SourceWalker {
    private let found: (FoundFile) -> Void
    private let problem: (Problem) -> Void
    private let isCancelled: () -> Bool
    private var seen: Set<FileIdentity.Node> = []
    private var filesOfFolder = 0

    init(
        found: @escaping (FoundFile) -> Void, problem: @escaping (Problem) -> Void,
        isCancelled: @escaping () -> Bool
    ) {
        self.found = found
        self.problem = problem
        self.isCancelled = isCancelled
    }

    mutating func walk(_ sources: [String]) {
        for source in sources where !isCancelled() {
            source == FoundFile.standardInput ? takeStandardInput() : take(source)
        }
    }

    private mutating func takeStandardInput() {
        var info = stat()
        guard fstat(STDIN_FILENO, &info) == 0 else {
            return report(FoundFile.standardInput, "standard input cannot be read: \(SystemError.last)")
        }
        // A redirected file that nobody has read from yet is a file like any other.
        let isFile = info.st_mode & S_IFMT == S_IFREG && lseek(STDIN_FILENO, 0, SEEK_CUR) == 0
        add(FoundFile.standardInput, info, as: isFile ? .regular : .stream, isNamed: true)
    }

    private mutating func take(_ path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return report(path, "cannot be read: \(SystemError.last)") }
        switch info.st_mode & S_IFMT {
        case S_IFDIR:
            filesOfFolder = 0
            walkFolder(path, info)
            if filesOfFolder == 0 { report(path, "an empty folder: there is no file in it to read") }
        case S_IFREG: add(path, info, as: .regular, isNamed: true)
        case S_IFIFO, S_IFCHR: add(path, info, as: .stream, isNamed: true)
        case S_IFSOCK: report(path, "a socket, which cannot be read as a file")
        default: report(path, "neither a file nor a folder")
        }
    }

    /// Keeps the folders yet to be read on a stack of its own, so that depth costs no stack.
    private mutating func walkFolder(_ path: String, _ info: stat) {
        guard seen.insert(FileIdentity(info).node).inserted else { return }
        var waiting = [entries(of: path)]
        while !waiting.isEmpty, !isCancelled() {
            guard let next = waiting[waiting.count - 1].popLast() else {
                waiting.removeLast()
                continue
            }
            var info = stat()
            guard stat(next, &info) == 0 else {
                report(next, "cannot be read: \(SystemError.last)")
                continue
            }
            switch info.st_mode & S_IFMT {
            case S_IFDIR:
                guard seen.insert(FileIdentity(info).node).inserted else { continue }
                waiting.append(entries(of: next))
            case S_IFREG:
                filesOfFolder += 1
                add(next, info, as: .regular, isNamed: false)
            default: continue
            }
        }
    }

    /// The paths of a folder's entries, the first by name last.
    private func entries(of folder: String) -> [String] {
        guard let directory = opendir(folder) else {
            report(folder, "cannot be read: \(SystemError.last)")
            return []
        }
        defer { closedir(directory) }
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        var paths: [String] = []
        while let entry = readdir(directory) {
            // The name is a fixed array in the record, ended by a zero.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { paths.append(prefix + name) }
        }
        paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        paths.reverse()
        return paths
    }

    private mutating func add(_ path: String, _ info: stat, as kind: FoundFile.Kind, isNamed: Bool) {
        let identity = FileIdentity(info)
        guard seen.insert(identity.node).inserted else { return }
        found(FoundFile(path: path, kind: kind, identity: identity, isNamed: isNamed))
    }

    private func report(_ path: String, _ what: String) {
        problem(Problem(file: path, place: .whole, what: what))
    }
}
