import Glibc
import TraceFormats
import TraceModel

/// The lines that begin in a stretch of a file. Each worker finds where they begin and end by itself.
struct LineChunk: Sendable {
    /// From where, and up to where, lines begin that are of this chunk.
    var range: Range<UInt64>
    /// Where the file ends, as far as it is known: not before the end of the last line.
    var end: UInt64
    /// Nothing follows `end`, so a line that ends there without a line end is all there is of it.
    var isEndOfFile: Bool

    /// Bytes that are read at once beyond the range, to find the end of the last line.
    private static let step = 64 << 10

    /// Nothing where the chunk is inside one long line of an earlier one.
    func scan(
        _ file: OpenFile, with scanner: inout any TraceScanner, buffer: inout ScanBuffer
    ) throws(SystemError) -> (batch: SpanBatch, isCutShort: Bool) {
        // One byte more, to see whether a line begins right at the start.
        let origin = range.lowerBound == 0 ? 0 : range.lowerBound - 1
        var length = Int(min(range.upperBound, end) - origin)
        buffer.reserve(length + Self.step)
        let count = try file.read(into: buffer[0, count: length], at: origin)
        let isCutShort = count < length
        length = count
        var batch = SpanBatch()
        let first = range.lowerBound == 0 ? 0 : afterLineEnd(buffer, in: 0..<max(length - 1, 0))
        guard let first, first < length else { return (batch, isCutShort) }
        var isLast = isCutShort
        if !isCutShort { isLast = try completeLastLine(file, origin: origin, &length, buffer: &buffer) }
        feed(buffer.window(length), from: first, at: origin, isLast: isLast, to: &scanner, &batch)
        return (batch, isCutShort)
    }

    /// Reads on to the next line end. Whether the file ended first.
    private func completeLastLine(
        _ file: OpenFile, origin: UInt64, _ length: inout Int, buffer: inout ScanBuffer
    ) throws(SystemError) -> Bool {
        if buffer[length - 1, count: 1][0] == UInt8(ascii: "\n") { return false }
        var step = Self.step
        while true {
            let wanted = min(step, Int(clamping: end - origin) - length)
            guard wanted > 0 else { return isEndOfFile }
            buffer.reserve(length + wanted, keeping: length)
            let count = try file.read(into: buffer[length, count: wanted], at: origin + UInt64(length))
            if let after = afterLineEnd(buffer, in: length..<length + count) {
                length = after
                return false
            }
            length += count
            if count < wanted { return true }
            step = min(step * 2, 64 << 20)
        }
    }

    /// The position behind the first line end.
    private func afterLineEnd(_ buffer: borrowing ScanBuffer, in range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        let bytes = buffer[range.lowerBound, count: range.count]
        guard let found = memchr(bytes.baseAddress!, 10, bytes.count) else { return nil }
        return range.lowerBound + (found - bytes.baseAddress!) + 1
    }

    private func feed(
        _ window: UnsafeRawBufferPointer, from first: Int, at origin: UInt64, isLast: Bool,
        to scanner: inout any TraceScanner, _ batch: inout SpanBatch
    ) {
        var done = first
        while done < window.count {
            let rest = UnsafeRawBufferPointer(rebasing: window[done...])
            let offset = origin + UInt64(done)
            var used = scanner.scan(rest, at: offset, isLast: isLast, into: &batch)
            // Whole lines leave nothing to wait for.
            if used == 0, !isLast { used = scanner.scan(rest, at: offset, isLast: true, into: &batch) }
            guard used > 0 else { return }
            done += used
        }
    }
}
