/// Memory of this process, in bytes.
enum ProcessMemory {
    /// What is in memory now, and the most there ever was.
    static var resident: (now: Double, peak: Double) {
        let status = SmallFile.read(path: "/proc/self/status") ?? ""
        func field(_ name: String) -> Double {
            guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return .nan }
            return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
                .flatMap { Double($0) }.map { $0 * 1024 } ?? .nan
        }
        return (field("VmRSS:"), field("VmHWM:"))
    }
}
