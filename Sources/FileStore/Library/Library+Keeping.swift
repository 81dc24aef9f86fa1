import Synchronization
import TraceFormats
import TraceModel

extension Library {
    /// Where finished indexes are kept, if anywhere.
    var cache: IndexCache? {
        options.cacheDirectory.map {
            IndexCache(
                directory: $0, limit: options.cacheLimit, prices: Checksum.of(options.prices.description))
        }
    }

    /// Keeps the indexes of the files that were read to the end and are large enough to make it worth it.
    func keepIndexes() {
        guard let cache, !isCancelled else { return }
        let contents = contents.withLock { $0 }
        for (file, entry) in contents.files.enumerated() {
            guard
                // A database changes without its file's being touched.
                entry.format?.isContainer != true, !entry.isBroken, !entry.isKept, entry.found.kind == .regular,
                entry.identity.size >= options.cacheThreshold, let kept = contents.kept(UInt32(file))
            else { continue }
            cache.keep(kept, entry: entry)
        }
    }
}
