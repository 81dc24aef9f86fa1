import Glibc

/// Nanoseconds on a clock that nobody sets.
enum MonotonicClock {
    static var now: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
}
