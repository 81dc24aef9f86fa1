import Glibc
import TraceModel

/// The person's own time zone, as `TZ` or the system has it.
enum LocalTime {
    nonisolated static func civil(_ nanoseconds: Int64) -> CivilTime {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return CivilTime(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
            hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
    }
}
