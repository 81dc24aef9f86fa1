import Glibc
package import TraceModel

/// How a `FileStore` goes about its work. What stands here suits; tests and measurements choose otherwise.
package struct FileStoreOptions: Sendable {
    /// Threads that read and scan.
    package var workers: Int
    /// Bytes that are scanned at once: so many that a core has them and their index in its own cache.
    package var chunk = 1 << 20
    /// The same for the first chunks of a file, so that something is there to be seen at once.
    package var firstChunk = 512 << 10
    /// A file of fewer bytes shares its index with the other small ones.
    package var smallFile = 1 << 20
    /// Where finished indexes are kept; nothing keeps none.
    package var cacheDirectory: String?
    /// A file of fewer bytes is indexed faster than its index would be found.
    package var cacheThreshold: UInt64 = 4 << 20
    /// Bytes that all kept indexes may take together; the oldest go first.
    package var cacheLimit: UInt64 = 4 << 30
    /// Where unpacked files are put while they are open; nothing leaves it to the system.
    package var spoolDirectory: String?
    package var unpacking = UnpackLimits()
    /// What models cost, for calls whose source tells none.
    package var prices = ModelPrices()
    /// Files are watched once they are read, and what comes to them is read too. States then go on until reading is
    /// cancelled.
    package var isFollowing = false
    /// Milliseconds between two states, at least.
    package var statePeriod = 100

    /// As many workers as there are cores, unless somebody knows better.
    package init(workers: Int = max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 16))) {
        self.workers = max(1, workers)
        cacheDirectory = Self.usualCacheDirectory
    }

    /// `$XDG_CACHE_HOME/spandrel/index`, or the same in `~/.cache`; nowhere where `SPANDREL_NO_CACHE` is set.
    package static var usualCacheDirectory: String? {
        if getenv("SPANDREL_NO_CACHE") != nil { return nil }
        if let cache = getenv("XDG_CACHE_HOME").map({ String(cString: $0) }), cache.hasPrefix("/") {
            return cache + "/spandrel/index"
        }
        return getenv("HOME").map { String(cString: $0) + "/.cache/spandrel/index" }
    }
}
