import Glibc
import TraceFormats
import TraceGenerator

/// What cases measure with: files of the size that was asked for, and processes to measure in.
struct Bench {
    let directory: String
    let spans: Int
    let runs: Int

    /// A generated file; made once, and kept for the next time.
    func file(
        _ shape: TraceShape, _ format: TraceFormat = .otlpJSONLines, _ compressor: OutputFile.Compressor? = nil
    ) throws(BenchError) -> BenchFile {
        let suffix = compressor.map { ".\($0.rawValue)" } ?? ""
        let name =
            "\(shape.spans)-\(shape.spansPerTrace)-\(shape.depth)-\(shape.width)-\(shape.bodyBytes)-"
            + "\(shape.errorRate)-\(shape.unfinishedRate)-\(shape.batchSpans)-\(shape.seed).\(format.rawValue)"
        let path = "\(directory)/\(name)\(suffix)"
        if SmallFile.size(path) == nil {
            Terminal.complain("making \(path) …")
            // Under another name until it is whole.
            _ = try TraceWriter.write(shape, as: format, to: OutputFile(path + ".part", compressor))
            guard rename(path + ".part", path) == 0 else {
                throw .failure("\(path): \(String(cString: strerror(errno)))")
            }
        }
        let file = BenchFile(path: path, bytes: SmallFile.size(path) ?? 0, spans: shape.spans)
        // Files are measured as they are in the system's cache, so that the disk is not.
        _ = try file.cat()
        return file
    }

    /// Has `found` probe a file as often as was asked for: its figures by name. Each run is the first of its process,
    /// and finds nothing that an earlier one has cached.
    func measure(
        _ found: any BenchCase.Type, _ file: BenchFile, _ arguments: [String] = []
    ) throws(BenchError) -> [String: Measurement] {
        var samples: [String: [Double]] = [:]
        for _ in 0..<runs {
            try forget()
            let words = ["/proc/self/exe", Probe.command, found.name, file.path] + arguments
            for line in try ChildProcess.run(words).output.split(separator: "\n") {
                let parts = line.split(separator: " ")
                guard parts.count == 2, let value = Double(parts[1]) else { continue }
                samples[String(parts[0]), default: []].append(value)
            }
        }
        return samples.mapValues { Measurement($0) }
    }

    /// A cache of indexes that is ours alone, and empty.
    private func forget() throws(BenchError) {
        let cache = "\(directory)/cache"
        _ = try ChildProcess.run(["rm", "-rf", cache])
        setenv("XDG_CACHE_HOME", cache, 1)
    }

    func report(_ row: Row) { Terminal.print(row.description) }
}
