/// A file that is to be read, as the walk found it.
struct FoundFile: Sendable {
    enum Kind: Sendable {
        case regular
        /// Standard input, a pipe, a terminal: can be read once, from front to back.
        case stream
    }

    /// As given, or the folder's with the entry's name behind it.
    var path: String
    var kind: Kind
    var identity: FileIdentity
    /// Somebody named it; otherwise it was met in a folder, where much is no trace and need not be.
    var isNamed: Bool

    /// What a person calls it.
    var name: String { path == Self.standardInput ? "standard input" : path }

    static let standardInput = "-"

    /// What opens it once more.
    var openPath: String { path == Self.standardInput ? "/dev/stdin" : path }
}
