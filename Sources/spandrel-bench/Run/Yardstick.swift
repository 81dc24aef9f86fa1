import Glibc

/// What the machine itself takes.
enum Yardstick {
    /// Copying memory to memory, larger than its caches.
    static func copying() -> Row {
        let size = 256 << 20
        let from = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
        let to = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
        defer {
            from.deallocate()
            to.deallocate()
        }
        memset(from, 1, size)
        memset(to, 2, size)
        let rates = (0..<7).map { _ in
            let begun = ContinuousClock.now
            memcpy(to, from, size)
            return Double(size) / begun.duration(to: .now).seconds
        }
        return Row(name: "(machine)", what: "memcpy", measurement: Measurement(rates), unit: Row.rate)
    }

    /// `cat FILE >/dev/null`, in seconds.
    static func reading(_ file: BenchFile, runs: Int) throws(BenchError) -> Measurement {
        var seconds: [Double] = []
        for _ in 0..<runs { seconds.append(try file.cat()) }
        return Measurement(seconds)
    }
}
