import TraceModel

/// Scans OTLP as protobuf. A message of a stream, or a `ResourceSpans` of a single message, is taken whole.
struct OTLPProtobufScanner: TraceScanner {
    enum Framing {
        case message
        /// Each message behind its length as a varint.
        case delimited
        /// Each message behind its length as four bytes, the highest first: the Collector's file exporter.
        case framed
        /// A byte that says whether it is compressed, then as `framed`.
        case grpc
    }

    private let framing: Framing
    private var words: OperationWords

    init(_ framing: Framing, _ prices: ModelPrices) {
        self.framing = framing
        words = OperationWords(prices)
    }

    mutating func scan(
        _ window: UnsafeRawBufferPointer, at offset: UInt64, isLast: Bool, into batch: inout SpanBatch
    ) -> Int {
        var walk = OTLPProtobufWalk(window: window, offset: offset, words: words)
        defer { words = walk.words }
        var done = 0
        while done < window.count {
            guard let (unit, next) = unit(window, done) else {
                guard isLast else { return done }
                batch.problems.append(
                    ScanProblem(place: .byte(offset + UInt64(done)), what: "cut off: the file ends inside a message"))
                return window.count
            }
            guard next > done else {
                batch.problems.append(
                    ScanProblem(place: .byte(offset + UInt64(done)), what: "not protobuf from here on"))
                return window.count
            }
            let isRead =
                framing == .message
                ? walk.takeRequest(done..<next, into: &batch) : walk.takeRequest(unit, into: &batch)
            if !isRead {
                batch.problems.append(
                    ScanProblem(place: .byte(offset + UInt64(done)), what: "a message that makes no sense; passed over")
                )
            }
            done = next
        }
        return done
    }

    /// The message that begins here and where the next begins; nothing where it is not complete, and the same place
    /// where there can be none.
    private func unit(_ window: UnsafeRawBufferPointer, _ start: Int) -> (Range<Int>, next: Int)? {
        switch framing {
        case .message:
            var reader = ProtobufReader(window, start..<window.count)
            if reader.next() != nil { return (start..<reader.at, reader.at) }
            return canGoOn(window, start) ? nil : (start..<start, start)
        case .delimited:
            var reader = ProtobufReader(window, start..<window.count)
            guard let length = reader.varint() else { return window.count - start < 10 ? nil : (start..<start, start) }
            return range(reader.at, length, window)
        case .framed, .grpc:
            let head = framing == .grpc ? 5 : 4
            guard start + head <= window.count else { return nil }
            let length = window.loadUnaligned(fromByteOffset: start + head - 4, as: UInt32.self).bigEndian
            return range(start + head, UInt64(length), window)
        }
    }

    private func range(_ start: Int, _ length: UInt64, _ window: UnsafeRawBufferPointer) -> (Range<Int>, Int)? {
        guard length <= UInt64(window.count - start) else { return nil }
        return (start..<start + Int(length), start + Int(length))
    }

    /// Whether a field that could not be read may only be cut off.
    private func canGoOn(_ window: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        var reader = ProtobufReader(window, start..<window.count)
        guard let tag = reader.varint() else { return window.count - start < 10 }
        return tag >> 3 > 0 && ProtobufReader.Wire(rawValue: UInt8(tag & 7)) != nil
    }
}
