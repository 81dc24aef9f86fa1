import Glibc
import TraceStore

/// The person's own editor, run on a file of its own that goes when it is done.
enum ExternalEditor {
    /// What the editor made of a text. `outside` gives the terminal away while the work runs; without one, nothing comes
    /// of it. Throws what went wrong.
    static func edit(
        _ text: String, outside: (() throws(StoreError) -> String) throws(StoreError) -> String?
    ) throws(StoreError) -> String? {
        let wanted = ["VISUAL", "EDITOR"].compactMap { (name: String) in getenv(name).map { String(cString: $0) } }
        let editor = wanted.first { !$0.isEmpty } ?? "vi"
        let path = try write(text)
        defer { unlink(path) }
        return try outside { () throws(StoreError) -> String in
            try run(editor, path)
            guard let text = read(path) else { throw StoreError("\(editor) left nothing that can be read") }
            return text
        }
    }

    /// A new file for its owner alone, with the text in it. Its path.
    private static func write(_ text: String) throws(StoreError) -> String {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/spandrel-XXXXXX.md".utf8CString)
        let file = mkstemps(&template, 3)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard file >= 0, let stream = fdopen(file, "w") else {
            let reason = String(cString: strerror(errno))
            if file >= 0 {
                close(file)
                unlink(path)
            }
            throw StoreError("\(folder): no file can be made for the editor: \(reason)")
        }
        let bytes = Array(text.utf8)
        let count = fwrite(bytes, 1, bytes.count, stream)
        guard fclose(stream) == 0, count == bytes.count else {
            let reason = String(cString: strerror(errno))
            unlink(path)
            throw StoreError("\(path): cannot be written: \(reason)")
        }
        return path
    }

    /// As a shell would, since an editor is often given with its options.
    private static func run(_ editor: String, _ path: String) throws(StoreError) {
        let words = ["sh", "-c", "\(editor) \"$1\"", "sh", path]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        // What this program ignores or blocks, the editor is to have as it comes.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT, SIGPIPE, SIGTSTP] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var process = pid_t()
        let error = posix_spawn(&process, "/bin/sh", nil, &attributes, &arguments, environ)
        guard error == 0 else { throw StoreError("\(editor): cannot be run: \(String(cString: strerror(error)))") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw StoreError("\(editor) failed; the text is as it was") }
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var text: [UInt8] = []
        var window = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&window, 1, window.count, file)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += window[..<count]
        }
    }
}
