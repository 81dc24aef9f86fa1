/// How files are read. The defaults are for people; tests turn the sizes down.
package struct FileStoreOptions: Sendable {
    package var workers: Int
    /// Bytes that a worker scans at once.
    package var chunk = 8 << 20
    /// Of the first chunks of a file, so that the first screen does not wait for a large one.
    package var firstChunk = 1 << 20
    package var unpacking = UnpackLimits()
    /// Where files are unpacked; where the system keeps such things otherwise.
    package var spoolDirectory: String?

    package init(workers: Int = 2) {
        self.workers = max(1, workers)
    }
}
