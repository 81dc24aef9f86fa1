import Glibc
import TraceFormats
import TraceModel
import TraceStore

/// A file of JSON lines that is only ever added to.
struct LineFile: Sendable {
    let path: String

    /// What stands in a file from somewhere on.
    struct Reading<Line> {
        var lines: [Line] = []
        var problems: [Problem] = []
        /// Behind the last line that is finished: from where to read on.
        var end: UInt64 = 0
    }

    /// Reads every line from `offset` on. One that is none of the kind, or is half written, is passed over, and told.
    func read<Line>(
        from offset: UInt64 = 0, what: String, _ line: @escaping (JSONView) -> Line?
    ) -> Reading<Line> {
        var reading = Reading<Line>(end: offset)
        guard access(path, F_OK) == 0 else { return reading }
        var bytes: [UInt8]
        do throws(StoreError) {
            let file = try LockedFile(path)
            let info: stat
            (bytes, info) = try file.contents(from: offset)
            if info.st_size < offset {
                // Somebody made it anew.
                bytes = try file.contents().bytes
                reading.end = 0
            }
        } catch {
            reading.problems.append(Problem(file: path, place: .whole, what: error.description))
            return reading
        }
        let from = Int(reading.end)
        let document = JSONDocument()
        bytes.withUnsafeBytes { text in
            for (number, range) in zip(1..., Lines(text)) {
                let isTorn = range.upperBound == text.count
                if !isTorn { reading.end = UInt64(from + range.upperBound + 1) }
                let bytes = UnsafeRawBufferPointer(rebasing: text[range])
                guard bytes.contains(where: { $0 > 0x20 }) else { continue }
                let found = document.read(bytes) { view, outcome in outcome == .whole ? line(view) : nil }
                if let found {
                    reading.lines.append(found)
                    continue
                }
                reading.problems.append(
                    Problem(
                        file: path, place: from == 0 ? .line(number) : .byte(UInt64(from + range.lowerBound)),
                        what: isTorn ? "the last line was not finished; passed over" : "no \(what); passed over"))
            }
        }
        return reading
    }

    /// Adds lines, all or none of them; with `isSynced`, they are safe on the disk when this returns.
    func append(_ lines: [[UInt8]], isSynced: Bool = true) throws(StoreError) {
        guard !lines.isEmpty else { return }
        let file = try LockedFile(path, isMade: true)
        try file.append(Array(lines.joined(separator: [10])), isSynced: isSynced)
    }
}
