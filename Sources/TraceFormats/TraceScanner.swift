/// Reads a format for the index: finds every span, its times, ids and name, and passes over the rest.
///
/// A scanner is fed a file in windows, from front to back, and keeps between them only where it is: the memory it needs
/// does not grow with the file.
package protocol TraceScanner {
    /// Scans `window`, which begins at `offset` of the file, into `batch`. Returns how many bytes are done with: the
    /// caller hands over the rest again with more behind it. A scanner that returns 0 needs a larger window.
    /// With `isLast` nothing follows, so what is incomplete is a problem (a cut-off end) and everything is done with.
    mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int
}
