/// Why a judgement did not get to its source.
enum WriteBackError: Error {
    /// It may work another time.
    case later(String)
    /// The source says no, and will not say otherwise.
    case never(String)

    var reason: String {
        switch self {
        case .later(let reason), .never(let reason): reason
        }
    }
}
