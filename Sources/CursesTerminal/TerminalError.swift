/// Why there is no full-screen terminal.
package struct TerminalError: Error, Sendable, CustomStringConvertible {
    package var description: String

    /// No description of it, or one of a terminal whose cursor cannot be moved.
    static func unknown(_ name: String) -> TerminalError {
        TerminalError(
            description: "the terminal \"\(name)\" is not known here, or too simple; set TERM, as in TERM=xterm")
    }
}
