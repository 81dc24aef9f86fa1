import Glibc

/// Where judgements are kept, and who makes them.
package struct JudgementOptions: Sendable {
    /// The folder of the journal; nothing keeps none, and then nobody can judge.
    package var directory: String?
    package var author: String
    package var isReadOnly = false
    /// Whether what did not reach its source is tried again: when all is read, and while the store is open.
    package var isRetrying = false
    package var retryPeriod = Duration.seconds(15)
    /// How many milliseconds to wait for who writes to a database.
    package var patience: Int32 = 5000

    package init(directory: String? = usualDirectory, author: String = usualAuthor) {
        self.directory = directory
        self.author = author
    }

    /// `$XDG_STATE_HOME/spandrel`, or the same in `~/.local/state`.
    package static var usualDirectory: String? {
        if let state = getenv("XDG_STATE_HOME").map({ String(cString: $0) }), state.hasPrefix("/") {
            return state + "/spandrel"
        }
        return getenv("HOME").map { String(cString: $0) + "/.local/state/spandrel" }
    }

    /// `SPANDREL_AUTHOR`, or the name that the person is logged in by.
    package static var usualAuthor: String {
        for name in ["SPANDREL_AUTHOR", "USER", "LOGNAME"] {
            if let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty { return value }
        }
        return "somebody"
    }

    /// Makes the folder, for its owner alone.
    func makeDirectory() -> Bool {
        guard let directory else { return false }
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/" + part
            if mkdir(path, S_IRWXU) != 0, errno != EEXIST, errno != EACCES, errno != EROFS { return false }
        }
        return access(directory, W_OK) == 0
    }
}
