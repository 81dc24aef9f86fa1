/// Why a command could not be carried out.
enum BenchError: Error, CustomStringConvertible {
    /// It was asked for in a way that cannot be understood.
    case usage(String)
    case failure(String)

    /// What the shell is told.
    var exitCode: Int32 {
        switch self {
        case .usage: 2
        case .failure: 1
        }
    }

    var description: String {
        switch self {
        case .usage(let what): what + "; --help tells how"
        case .failure(let what): what
        }
    }
}
