import TraceGenerator

/// What an open file costs in memory.
enum MemoryCase: BenchCase {
    static let name = "memory"
    static let summary = "memory of a file that was read: bytes a span, over what an empty one takes"

    static func run(_ bench: Bench) throws(BenchError) {
        guard let base = try bench.measure(Self.self, try bench.file(TraceShape(spans: 1)))["resident"] else { return }
        let file = try bench.file(TraceShape(spans: bench.spans))
        let figures = try bench.measure(Self.self, file)
        for (figure, what) in [("resident", "when it is read"), ("peak", "at most, while it is read")] {
            guard let bytes = figures[figure] else { continue }
            bench.report(
                Row(
                    name: name, what: "a span, \(what)",
                    measurement: bytes.map { ($0 - base.median) / Double(file.spans) },
                    unit: { "\(Figure.digits($0)) B" },
                    beside: "\(Figure.bytes(bytes.median)) for \(Figure.count(file.spans)) spans; "
                        + "\(Figure.bytes(base.median)) with nothing open"))
        }
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        let reading = await WholeReading(file)
        let resident = ProcessMemory.resident
        return withExtendedLifetime(reading) { ["resident": resident.now, "peak": resident.peak] }
    }
}
