/// Why there is no full-screen terminal.
package struct TerminalError: Error, Sendable, CustomStringConvertible {
    package var description: String
}
