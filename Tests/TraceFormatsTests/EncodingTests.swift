import Testing
import TraceModel

@testable import TraceFormats

/// The same spans in every encoding come to the same, whatever windows they are fed in.
struct EncodingTests {
    static let encodings: [(format: TraceFormat, bytes: [UInt8])] = [
        (.otlpJSON, Array("{\n".utf8) + OTLPJSONWriter.document(Sample.spans).dropFirst()),
        (.otlpJSONLines, Sample.spans.flatMap { OTLPJSONWriter.line([$0]) }),
        (.otlpProtobuf, OTLPProtobufWriter.message(Sample.spans)),
        (.otlpProtobufDelimited, Sample.spans.flatMap { OTLPProtobufWriter.delimited([$0]) }),
        (.otlpProtobufFramed, Sample.spans.flatMap { OTLPProtobufWriter.framed([$0]) }),
        (.otlpProtobufGRPC, Sample.spans.flatMap { [0] + OTLPProtobufWriter.framed([$0]) }),
    ]

    @Test("is recognised by its content", arguments: encodings.map(\.format))
    func recognised(format: TraceFormat) throws {
        let bytes = try #require(Self.encodings.first { $0.format == format }).bytes
        bytes.withUnsafeBytes { #expect(FormatRecogniser.recognise($0, isWhole: true) == .format(format)) }
    }

    @Test("gives back every span in full", arguments: encodings.map(\.format), [1, 7, 64, 1000, 1 << 20])
    func roundTrip(format: TraceFormat, window: Int) throws {
        let bytes = try #require(Self.encodings.first { $0.format == format }).bytes
        let (batches, consumed) = Feeding.scan(bytes, format, window: window)
        #expect(consumed == bytes.count)
        #expect(batches.flatMap(\.problems).isEmpty)
        let bodies = try batches.flatMap { try Feeding.bodies($0, of: bytes, format) }
        #expect(bodies == Sample.spans)
        let rows = batches.flatMap { batch in
            (0..<batch.count).map { "\(batch.strings[batch.names[$0]]) \(batch.starts[$0]) \(batch.traits[$0].status)" }
        }
        #expect(rows == Sample.spans.map { "\($0.name) \($0.start) \($0.status)" })
    }

    @Test("tells tokens, cost, agent and kind of work without reading bodies", arguments: encodings.map(\.format))
    func meaning(format: TraceFormat) throws {
        let bytes = try #require(Self.encodings.first { $0.format == format }).bytes
        let (batches, _) = Feeding.scan(bytes, format, window: 1 << 20)
        let batch = try #require(batches.first)
        #expect(batch.usage.map(\.usage) == [Usage(tokensIn: 812, tokensOut: 301, cost: 0.25)])
        #expect(batch.agents.map { batch.strings[$0.name] } == ["planner"])
        #expect(batch.titles.map { batch.strings[$0.text] } == ["Write a story of a robot"])
        #expect(batch.traits.map(\.category) == [.agent, .model, .other])
    }

    @Test("survives any damage", arguments: encodings.map(\.format))
    func fuzz(format: TraceFormat) throws {
        let bytes = try #require(Self.encodings.first { $0.format == format }).bytes
        var random = SplitMix(state: 42)
        for _ in 0..<400 {
            var damaged = bytes
            for _ in 0..<Int(random.next() % 6) + 1 {
                let at = Int(random.next() % UInt64(max(1, damaged.count)))
                switch random.next() % 4 {
                case 0: damaged.removeLast(damaged.count - at)
                case 1: if !damaged.isEmpty { damaged[at] = UInt8(truncatingIfNeeded: random.next()) }
                case 2: damaged.insert(contentsOf: damaged.prefix(at), at: at)
                default: damaged.insert(UInt8(truncatingIfNeeded: random.next() % 128), at: at)
                }
            }
            let (batches, consumed) = Feeding.scan(damaged, format, window: Int(random.next() % 700) + 1)
            #expect(consumed == damaged.count)
            for batch in batches {
                for row in 0..<batch.count {
                    #expect(batch.offsets[row] + UInt64(batch.lengths[row]) <= UInt64(damaged.count))
                }
                _ = try? Feeding.bodies(batch, of: damaged, format)
            }
        }
    }
}

struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
