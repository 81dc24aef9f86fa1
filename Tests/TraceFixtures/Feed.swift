package import TraceFormats
package import TraceModel

/// Feeds bytes to a scanner as a reader of files does, and reads in full what it found.
package struct Feed {
    package private(set) var batches: [SpanBatch] = []
    private let bytes: [UInt8]
    private let format: TraceFormat

    /// A scanner that broke its contract.
    package enum Fault: Error {
        case tookMoreThanThereWas
        case leftARest
    }

    /// `window` is asked for the size of each next window. A window in which nothing is done with is doubled.
    package init(_ bytes: [UInt8], _ format: TraceFormat, window: () -> Int) throws {
        self.bytes = bytes
        self.format = format
        var scanner = format.makeScanner()
        var position = 0
        var size = window()
        while true {
            let end = min(position + size, bytes.count)
            let isLast = end == bytes.count
            var batch = SpanBatch()
            let used = bytes[position..<end].withUnsafeBytes {
                scanner.scan($0, at: UInt64(position), isLast: isLast, into: &batch)
            }
            guard used >= 0, used <= end - position else { throw Fault.tookMoreThanThereWas }
            batches.append(batch)
            position += used
            if isLast {
                guard position == bytes.count else { throw Fault.leftARest }
                return
            }
            size = used == 0 ? size * 2 : window()
        }
    }

    /// All in one window.
    package init(whole bytes: [UInt8], _ format: TraceFormat) throws {
        try self.init(bytes, format) { max(bytes.count, 1) }
    }

    package var problems: [ScanProblem] { batches.flatMap(\.problems) }

    package func bodies() throws -> [SpanBody] {
        let decoder = SpanDecoder(format)
        var bodies: [SpanBody] = []
        for batch in batches {
            for row in 0..<batch.count {
                let context = batch.contextTable[Int(batch.contexts[row])]
                let range = ByteRange(offset: batch.offsets[row], length: batch.lengths[row])
                let resource = Array(slice(context.resource))
                let scope = Array(slice(context.scope))
                bodies.append(
                    try slice(range).withUnsafeBytes { try decoder.span($0, resource: resource, scope: scope) })
            }
        }
        return bodies
    }

    /// The bytes of each span and log, as the scanner gave their places.
    package var records: [ArraySlice<UInt8>] {
        batches.flatMap { batch in
            (0..<batch.count).map { slice(ByteRange(offset: batch.offsets[$0], length: batch.lengths[$0])) }
                + batch.logs.map { slice($0.place) }
        }
    }

    private func slice(_ range: ByteRange) -> ArraySlice<UInt8> {
        bytes[Int(range.offset)..<Int(range.offset) + Int(range.length)]
    }
}
