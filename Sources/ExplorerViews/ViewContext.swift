package import Cells
package import TraceModel

/// What drawing needs beside the state.
package struct ViewContext: Sendable {
    package var theme: Theme
    /// A moment, in nanoseconds since the epoch, as the person's clock and calendar have it.
    package var localTime: @Sendable (Int64) -> CivilTime

    package init(theme: Theme, localTime: @escaping @Sendable (Int64) -> CivilTime) {
        self.theme = theme
        self.localTime = localTime
    }
}
