import Glibc

/// An error of the system, as its number.
struct SystemError: Error, Equatable, CustomStringConvertible {
    var number: Int32

    /// The error that the last call left.
    static var last: SystemError { SystemError(number: errno) }

    /// In the words a person knows: "No such file or directory".
    var description: String { String(cString: strerror(number)) }
}
